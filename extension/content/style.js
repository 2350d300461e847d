// The look of card and mark, as text for a constructed style sheet. Sizes are in em of the page's own text size.

(() => {
  const t = (globalThis.touchstone ??= /** @type {any} */ ({}));
  t.css ??= `
:host{all:initial!important;display:block!important;contain:layout style!important}
:host([hidden]){display:none!important}
.t{--ink:#22252d;--soft:#555b68;--paper:#fffdf9;--tint:#fdf6e6;--line:#ddd3bf;--accent:#855600;--on:#fff;--focus:#0b57d0;
font:400 1em/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);text-align:start;letter-spacing:normal;
-webkit-text-size-adjust:100%;box-sizing:border-box;max-width:36em;margin:.3em 0}
.t.card{container-type:inline-size}
.t.likely{--tint:#fcefe8;--line:#e6c9ba;--accent:#9a3412}
.t.dark{--ink:#efece5;--soft:#bbb5a9;--paper:#23211f;--tint:#2d271b;--line:#554a35;--accent:#eab95f;--on:#1d1a14;--focus:#8ab4f8}
.t.dark.likely{--tint:#33231d;--line:#604336;--accent:#f3a283}
.t *{box-sizing:border-box;margin:0}
button{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.box{border:1px solid var(--line);border-radius:.55em;background:var(--tint);}
.head{display:flex;gap:.55em;align-items:flex-start;width:100%;padding:.45em .7em;border:0;border-radius:.5em;background:none;text-align:start}
.head:hover .more{text-decoration:underline}
.say{flex:1;min-width:0;overflow-wrap:anywhere}
.say b{display:block;font-weight:600;line-height:1.3}
.why{display:block;color:var(--soft);line-height:1.35}
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
.panel:focus{outline:none}
ul{list-style:none;padding:0}
li{padding:.8em 0 .75em;border-bottom:1px solid var(--line)}
h3{font:inherit;font-weight:600}
p{margin:.25em 0 0!important}
dl{margin:.45em 0 0!important;display:grid;gap:.3em}
dt{font-weight:600;font-size:.92em;color:var(--soft)}
dd{margin:0}
blockquote{margin:.4em 0 0!important;padding:.25em .7em;border-inline-start:3px solid var(--accent);background:var(--tint);font-style:normal}
.soft{color:var(--soft);font-size:.92em}
.for{padding:.7em 0 .2em}
.for ul{padding-inline-start:1.1em;list-style:disc}
.for li{padding:.1em 0;border:0}
.do{display:flex;flex-wrap:wrap;gap:.5em;padding-top:.85em}
.do button{min-height:2.15em;min-width:24px;padding:.3em .8em;border:1px solid var(--line);border-radius:.45em;background:var(--paper);text-align:start}
.do button:hover{border-color:var(--accent)}
.do .first{background:var(--accent);border-color:var(--accent);color:var(--on);font-weight:600}
.do button[aria-disabled=true]{opacity:.65;cursor:default}
.said:empty{display:none}
.said{margin-top:.8em;padding:.55em .75em .65em;border:1px solid var(--line);border-radius:.45em;background:var(--tint)}
.said textarea{display:block;width:100%;height:9em;margin:.5em 0 0;padding:.5em;font:.9em/1.4 ui-monospace,monospace;color:var(--ink);
background:var(--paper);border:1px solid var(--line);border-radius:.35em;resize:vertical}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.t.mark{position:absolute;top:0;left:0;width:max-content;margin:0;max-width:none}
.mark .box{overflow:visible;border-radius:999px;box-shadow:0 0 0 1px var(--paper)}
.mark .head{align-items:center;min-height:24px;min-width:24px;padding:1px 8px 1px 4px;gap:.35em;border-radius:999px;white-space:nowrap;font-size:.92em}
.mark.icon .head{padding:1px;justify-content:center}
.mark.icon .say,.mark .more{display:none}
.mark .say b{font-weight:600}
.mark .panel{position:fixed;inset:auto;width:min(30em,calc(100vw - 16px));max-height:min(80vh,40em);overflow:auto;padding-top:.6em;color:inherit;
border:1px solid var(--line);border-radius:.6em;box-shadow:0 8px 30px rgb(0 0 0/.22)}
.panel .top{display:flex;gap:.55em;padding:.2em 0 .1em}
.ring{position:fixed;pointer-events:none;border:3px solid var(--accent);border-radius:8px;box-shadow:0 0 0 3px var(--paper);margin:0}
.ring span{position:absolute;top:100%;inset-inline-start:0;margin-top:8px;padding:.35em .7em;width:max-content;max-width:min(22em,80vw);
border:1px solid var(--line);border-radius:.45em;background:var(--paper);box-shadow:0 4px 16px rgb(0 0 0/.2)}
@container (max-width:19em){.more span{display:none}}
@media (prefers-reduced-motion:no-preference){.more::after{transition:transform .12s}}
@media (forced-colors:active){.shape{background:CanvasText;color:Canvas}.box,.panel,blockquote,.do button,.said{border-color:CanvasText}
.ring{border-color:Highlight}}
@media print{.t{display:none}}
`;
})();
