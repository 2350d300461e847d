// The first page that a new user sees.

import { localise, say } from "../shared/page.js";

localise();
document.title = `${say("welcome_title")} – Touchstone`;
