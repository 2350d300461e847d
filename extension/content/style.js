// The look of card and mark, and the element that holds them. Sizes are in em of the page's own text size.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  if (t.started) return;

  const CSS = `
:host{all:initial!important;display:block!important;contain:layout style!important}
.t{--ink:#22252d;--soft:#555b68;--paper:#fffdf9;--tint:#fdf6e6;--line:#ddd3bf;--accent:#855600;--on:#fff;
font:400 1em/1.4 system-ui,sans-serif;color:var(--ink);text-align:start;box-sizing:border-box;max-width:36em;margin:.3em 0}
.t.card{container-type:inline-size}
.t.likely{--tint:#fcefe8;--line:#e6c9ba;--accent:#9a3412}
.t.dark{--ink:#efece5;--soft:#bbb5a9;--paper:#23211f;--tint:#2d271b;--line:#554a35;--accent:#eab95f;--on:#1d1a14}
.t.dark.likely{--tint:#33231d;--line:#604336;--accent:#f3a283}
.t *{box-sizing:border-box;margin:0}
button{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:2px solid;outline-offset:2px}
.box{border:1px solid var(--line);border-radius:.5em;background:var(--tint)}
.head{display:flex;gap:.55em;align-items:flex-start;width:100%;padding:.45em .7em;border:0;border-radius:.5em;background:none;text-align:start}
.say{flex:1;min-width:0;overflow-wrap:anywhere}
.say b{display:block;font-weight:600}
.why{display:block;color:var(--soft)}
.t.slim{margin-block:.2em}
.slim .why{display:none}
.slim .head{padding-block:.25em}
.more{flex:none;display:flex;gap:.35em;align-items:center;color:var(--soft);white-space:nowrap;font-size:.92em;line-height:1.4}
.more::after{content:"";width:.42em;height:.42em;border:solid currentColor;border-width:0 1.5px 1.5px 0;transform:translateY(-25%) rotate(45deg)}
[aria-expanded=true] .more::after{transform:translateY(15%) rotate(225deg)}
.shape{flex:none;display:grid;place-items:center;width:1.3em;height:1.3em;margin-top:.02em;background:var(--accent);color:var(--on);
font-weight:700;font-size:.95em;line-height:1;forced-color-adjust:none;clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}
.likely .shape{clip-path:polygon(30% 0,70% 0,100% 30%,100% 70%,70% 100%,30% 100%,0 70%,0 30%)}
.shape::before{content:"!";font-size:.78em}
.panel{padding:.1em .9em .9em;background:var(--paper);border-top:1px solid var(--line);border-radius:0 0 .5em .5em;overflow-wrap:anywhere}
ul{list-style:none;padding:0}
li{padding:.8em 0 .75em;border-bottom:1px solid var(--line)}
h3{font:inherit;font-weight:600}
p{margin:.25em 0 0!important}
h4{font-size:.92em;font-weight:600;margin:.5em 0 -.2em!important;color:var(--soft)}
blockquote{margin:.4em 0 0!important;padding:.25em .7em;border-inline-start:3px solid var(--accent);background:var(--tint)}
.soft{color:var(--soft);font-size:.92em}
.for{padding-top:.7em}
.for li{padding:.1em 0;border:0}
.do{display:flex;flex-wrap:wrap;gap:.5em;padding-top:.85em}
.do button{min-height:2.15em;padding:.25em .7em;border:1px solid var(--line);border-radius:.5em;background:var(--paper);text-align:start}
.do .first{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
.said:empty{display:none}
.said{margin-top:.8em;padding:.5em .7em;border:1px solid var(--line);border-radius:.5em;background:var(--tint)}
.said textarea{display:block;width:100%;height:9em;margin:.5em 0 0;padding:.5em;font:.9em/1.4 monospace;color:var(--ink);
background:var(--paper);border:1px solid var(--line)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.t.mark{position:absolute;top:0;left:0;width:max-content;margin:0;max-width:none}
.mark .box{overflow:visible;border-radius:999px;box-shadow:0 0 0 1px var(--paper)}
.mark .head{align-items:center;min-height:24px;min-width:24px;padding:1px 8px 1px 4px;gap:.35em;border-radius:999px;white-space:nowrap;font-size:.92em}
.mark.icon .head{padding:1px;justify-content:center}
.mark.icon .say,.mark .more{display:none}
.mark .panel{position:fixed;inset:auto;width:min(30em,calc(100vw - 16px));max-height:min(80vh,40em);overflow:auto;padding-top:.6em;color:inherit;
border:1px solid var(--line);border-radius:.5em;box-shadow:0 8px 30px #0003}
.panel .top{display:flex;gap:.55em;padding:.2em 0 .1em}
.ring{position:fixed;pointer-events:none;border:3px solid var(--accent);border-radius:8px;box-shadow:0 0 0 3px var(--paper);margin:0;padding:0;overflow:visible;max-width:none;inset:auto;background:none}
.ring span{position:absolute;top:100%;inset-inline-start:0;margin-top:8px;padding:.35em .7em;width:max-content;max-width:20em;
border:1px solid var(--line);border-radius:.5em;background:var(--paper)}
@container (max-width:19em){.more span{display:none}}
@media (forced-colors:active){.shape{background:CanvasText;color:Canvas}}
`;

  /**
   * An element with its class and content. Strings become text, whatever they hold.
   * @param {string} tag @param {string} look @param {...(Node | string)} inside @returns {any}
   */
  t.h = (tag, look, ...inside) => {
    const element = document.createElement(tag);
    if (look) element.className = look;
    element.append(...inside);
    return element;
  };

  /** One anonymous element that holds the content in a closed root. @param {Node} content @param {string} more */
  t.shell = (content, more) => {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: t.shadow ?? "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS + more);
    root.adoptedStyleSheets = [sheet];
    root.append(content);
    return host;
  };
})();
