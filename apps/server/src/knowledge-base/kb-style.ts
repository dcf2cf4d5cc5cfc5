import { createHash } from 'node:crypto';

/** The look of the public pages: the desk's colours, light and dark as the reader's system is. */
export const KB_STYLE = `:root{color-scheme:light dark;--ground:#f6f7f9;--panel:#fff;--text:#171b21;--second:#59616d;--line:#e4e7ec;--control:#878f9b;--primary:#2451c4;--hover:#1d44a8;--link:#2451c4;--on:#fff;--soft:#e8effe;--mark:#fff0b8;--chip:#eef1f5;--good:#0b6b4c;--good-soft:#dff1ea}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0d1014;--panel:#14181d;--text:#e4e8ee;--second:#a0a9b6;--line:#262c35;--control:#6f7a89;--primary:#2f63df;--hover:#3c6fe8;--link:#8fb2ff;--soft:#17264a;--mark:#3d3310;--chip:#252b34;--good:#4fcf9f;--good-soft:#10352a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.6 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,input:focus-visible,button:focus-visible,.across:focus-visible{outline:3px solid var(--primary);outline-offset:2px}
.skip{position:absolute;inset-inline-start:-999px}
.skip:focus{inset-inline-start:16px;top:8px;background:var(--panel);padding:8px 12px;z-index:1}
.wide{max-width:920px;margin:0 auto;padding:0 20px}
.top{background:var(--panel);border-bottom:1px solid var(--line)}
.top .wide{display:flex;gap:12px 24px;align-items:center;flex-wrap:wrap;padding-top:12px;padding-bottom:12px}
.brand{display:flex;align-items:center;gap:10px;font-weight:600;color:inherit;text-decoration:none}
.brand img{width:28px;height:28px}
form.search{display:flex;gap:8px;flex:1;min-width:min(100%,260px)}
.search input{flex:1;min-width:0;font:inherit;padding:8px 12px;border:1px solid var(--control);border-radius:8px;background:var(--panel);color:inherit}
.search input::placeholder{color:var(--second);opacity:1}
button{font:inherit;font-weight:500;padding:8px 16px;border:1px solid var(--primary);border-radius:8px;background:var(--primary);color:var(--on);cursor:pointer}
button:hover{background:var(--hover)}
button.plain{background:var(--panel);color:var(--text);border-color:var(--control)}
.hero{background:var(--panel);border-bottom:1px solid var(--line);padding:44px 0 40px;text-align:center}
.hero h1{margin:0 0 8px}
.hero p{margin:0 auto 20px;color:var(--second);max-width:560px}
.hero .search{max-width:620px;margin:0 auto}
.hero .search input,.hero button{padding:12px 16px}
main{padding:28px 0 48px}
main.home{padding-top:0}
h1{font-size:1.9rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 12px}
h2{font-size:1.25rem;line-height:1.35;margin:1.8em 0 .5em}
h3{font-size:1.08rem;margin:1.5em 0 .4em}
h4,h5,h6{font-size:1rem;margin:1.4em 0 .3em}
.second{color:var(--second)}
.crumbs{font-size:.9rem;color:var(--second);margin:0 0 16px}
.crumbs ol{list-style:none;display:flex;flex-wrap:wrap;gap:0 8px;padding:0;margin:0}
.crumbs li+li::before{content:"/";margin-inline-end:8px}
.card{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:28px 32px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:16px;padding:0;margin:0 0 12px;list-style:none}
.cards a{display:block;height:100%;background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:16px 18px;text-decoration:none;color:inherit}
.cards a:hover{border-color:var(--primary)}
.cards strong{display:block;color:var(--link);text-align:-webkit-match-parent;text-align:match-parent}
.list{list-style:none;padding:0;margin:0;background:var(--panel);border:1px solid var(--line);border-radius:12px}
.list li{padding:14px 18px}
.list li+li{border-top:1px solid var(--line)}
.list a{font-weight:500;text-decoration:none}
.list a:hover{text-decoration:underline}
.list p{margin:2px 0 0;color:var(--second);font-size:.93rem}
mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 2px}
.toc{background:var(--ground);border-radius:8px;padding:12px 18px;margin:0 0 20px;font-size:.95rem}
.toc strong{display:block;margin-bottom:4px;text-align:-webkit-match-parent;text-align:match-parent}
.toc ul{margin:0;padding-inline-start:18px}
.body pre{background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:12px 14px;white-space:pre-wrap}
.body code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.9em;background:var(--chip);border-radius:4px;padding:1px 4px}
.body pre{direction:ltr;text-align:left}
.body code{unicode-bidi:isolate}
.body pre code{background:none;padding:0}
.body blockquote{margin:1em 0;padding-inline-start:16px;border-inline-start:3px solid var(--line);color:var(--second)}
.across{overflow-x:auto;margin:1em 0}
.body table{border-collapse:collapse;overflow-wrap:break-word}
.body hr{border:0;border-top:1px solid var(--line);margin:1.8em 0}
.body th,.body td{border:1px solid var(--line);padding:6px 12px;text-align:start}
.body img{max-width:100%;height:auto}
.helpful{display:flex;flex-wrap:wrap;gap:12px;align-items:center;border-top:1px solid var(--line);margin-top:32px;padding-top:20px}
.helpful p{margin:0;font-weight:500}
.thanks{background:var(--good-soft);color:var(--good);border-radius:8px;padding:10px 16px}
.pages{display:flex;justify-content:space-between;margin-top:16px}
footer{border-top:1px solid var(--line);padding:20px 0;color:var(--second);font-size:.9rem}
@media(max-width:600px){.card{padding:20px 18px}h1{font-size:1.55rem}.hero{padding:32px 0 28px}}
@media print{:root{color-scheme:light;--ground:#fff}body{font-size:11pt}.wide{max-width:none;padding:0}.top{border:0}main{padding:0}.skip,form.search,.crumbs,.toc,.helpful,.thanks,.pages,footer{display:none}.card{border:0;padding:0}h1,h2,h3,h4,h5,h6{break-after:avoid}pre,tr,img,blockquote{break-inside:avoid}.across{overflow:visible}.body a[href^=http]::after{content:" (" attr(href) ")";font-size:.85em;color:var(--second)}}
`;

/** Its address; another look has another one, so browsers may keep it for ever. */
export const KB_STYLE_PATH = `/kb/style/${createHash('sha256').update(KB_STYLE).digest('hex').slice(0, 16)}.css`;
