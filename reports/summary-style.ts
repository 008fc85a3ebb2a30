/** The look of the summary: one column, system type, two grounds, and one page when printed. */
export const summaryStyle = `
:root{--ink:#1c2733;--soft:#5a6978;--rule:#e1e7ed;--ground:#f5f7f9;--card:#fff;--tint:#f0f4f7;
--go:#1b7a48;--no:#c0281f;--open:#a85b00;--off:#6b7987;--link:#1f5fa8;--bar:#2b6cb0}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e5ebf1;--soft:#9dabb9;--rule:#27323d;
--ground:#0c1218;--card:#131b23;--tint:#1a242e;--go:#4cc384;--no:#ff6b61;--open:#f0a847;
--off:#8b99a7;--link:#7db8f5;--bar:#64a8ec}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;padding:28px 20px 48px}
a{color:var(--link)}
h1{font-size:15px;font-weight:600;margin:0}
h2{font-size:19px;margin:40px 0 12px;letter-spacing:-.01em}
h3{font-size:16px;margin:0 0 2px}
h4{font-size:13px;font-weight:600;color:var(--soft);margin:18px 0 6px}
p{margin:0 0 8px}
.soft{color:var(--soft)}
.small{font-size:13px}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;font-size:.88em;
overflow-wrap:anywhere}
.top{display:flex;flex-wrap:wrap;gap:2px 20px;justify-content:space-between;align-items:baseline;
margin-bottom:14px}
.card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:18px 20px;
margin-bottom:16px}
.verdict{border-left:10px solid var(--tone);padding:22px 26px}
.verdict .word{font-size:44px;line-height:1.1;font-weight:750;letter-spacing:-.02em;color:var(--tone);
margin:0}
.verdict .word span{display:inline-block;min-width:1.15em}
.verdict .why{font-size:18px;margin:10px 0 4px;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:10px 36px;margin:18px 0 0;padding:16px 0 0;
border-top:1px solid var(--rule)}
.figures div{min-width:7em}
.figures dt{color:var(--soft);font-size:13px}
.figures dd{margin:0;font-size:22px;font-weight:650;line-height:1.25}
.go{--tone:var(--go)}.no{--tone:var(--no)}.open{--tone:var(--open)}.off{--tone:var(--off)}
.chip{display:inline-block;white-space:nowrap;border:1.5px solid var(--tone);color:var(--tone);
border-radius:99px;padding:0 9px;font-size:12.5px;font-weight:650;line-height:1.65}
table{border-collapse:collapse;width:100%}
th{font-size:12.5px;font-weight:600;color:var(--soft);text-align:left}
th,td{padding:8px 12px 8px 0;vertical-align:top;border-bottom:1px solid var(--rule)}
tr:last-child>td,tr:last-child>th{border-bottom:0}
td:last-child,th:last-child{padding-right:0}
.criteria tr.promise th{color:var(--ink);font-size:14.5px;padding-top:18px}
.criteria tr.promise th[colspan="4"]{border-bottom:0}
.criteria tr.promise td{padding-top:18px}
.criteria .head{display:flex;gap:10px}
.criteria tr.promise th .id{flex:none;min-width:2.9em;line-height:1.75;color:var(--soft)}
.criteria td{overflow-wrap:anywhere}
.criteria .state{width:118px}.criteria .limit{width:24%}.criteria .seen{width:34%}
.criteria .id{color:var(--soft);font-size:12.5px}
.number{font-size:19px;font-weight:700;line-height:1.25}
.what{font-size:13px;font-weight:600}
.sentence::first-letter{text-transform:uppercase}span.sentence{display:inline-block}
.roadmap th,.roadmap td{overflow-wrap:anywhere}.roadmap tbody th{font-size:14.5px;color:var(--ink)}
.roadmap tbody th a{display:inline-block;min-width:3.2em;color:var(--soft);text-decoration:none}
.roadmap .state{width:126px}.roadmap .seen{width:22%}.roadmap .limit{width:31%;color:var(--soft);font-size:13px}
.roadmap th.right{white-space:nowrap}.roadmap td.right{white-space:nowrap;font-size:13px;color:var(--soft)}.roadmap td.seen{font-size:13.5px}.roadmap .seen b{font-size:16px}.n{white-space:nowrap}
.trend{width:auto}.trend th,.trend td{border:0;padding:2px 3px}
.trend th{padding-right:14px;color:var(--ink);font-size:13px}.trend td:last-child{padding-left:9px}
.square{display:inline-block;width:22px;height:22px;line-height:20px;text-align:center;border-radius:5px;
border:1.5px solid var(--tone);color:var(--tone);font-weight:700;font-size:12.5px}
.spark{display:block}.spark path{fill:none;stroke:var(--bar);stroke-width:1.5}.spark circle{fill:var(--bar)}
.cut{border-left:4px solid var(--open);padding:2px 0 2px 12px;color:var(--soft)}
.tight th,.tight td{padding-top:4px;padding-bottom:4px}
.numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,390px),1fr));gap:0 36px;margin:0}
.numbers div{display:flex;justify-content:space-between;gap:12px;border-bottom:1px solid var(--rule);
padding:3px 0}
.numbers+p{margin-top:10px}
.numbers dt{color:var(--soft)}.numbers dd{margin:0;font-weight:600;white-space:nowrap}
.numbers dd .soft{font-weight:400;display:inline-block;min-width:6.2em;text-align:right}
.right{text-align:right}
.scroll{overflow-x:auto}
.timeline{display:block;width:100%;height:auto}.scroll>.timeline{min-width:640px}
.cards{display:grid;grid-template-columns:1fr 1fr;gap:16px;margin-bottom:16px}
.cards .card{grid-column:1/-1;margin:0;min-width:0}.cards .half{grid-column:auto}
.half .timeline{margin-top:10px}.half p{margin:6px 0 0;overflow-wrap:anywhere}.pair{display:inline-block;white-space:nowrap;margin-right:16px}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:6px 32px}
.shares{display:block;width:100%;height:auto;max-width:330px}
.shares text{fill:var(--soft);font-size:12px}.shares .value{fill:var(--ink)}
.shares .track{fill:var(--tint)}.shares .bar{fill:var(--bar)}.shares .fair{stroke:var(--ink)}
.survival{display:flex;flex-wrap:wrap;gap:8px 28px;margin:0}
.survival dt{font-size:13px;color:var(--soft)}
.survival dd{margin:0;font-size:22px;font-weight:650}
.survival .bad dd{color:var(--no)}
ol.steps{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;row-gap:10px}
ol.steps li{padding-right:34px;position:relative}
ol.steps li+li::before{content:"\\2192";position:absolute;left:-25px;top:1px;color:var(--soft)}
ol.steps b{display:block;font-size:17px;font-weight:650}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:3px 18px;margin:0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.spans td{padding-top:3px;padding-bottom:3px;border-bottom:0}
.spans .length{width:56%;vertical-align:middle}
.spans .track{display:block;height:9px;border-radius:3px;background:var(--bar);min-width:2px;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.tick{color:var(--go);font-weight:700}.cross{color:var(--no);font-weight:700}
.matrix{width:auto;min-width:60%}.matrix tbody th,.matrix td:not(.wrong){white-space:nowrap}
.matrix .name{vertical-align:bottom;padding:4px 6px}.matrix .name span{writing-mode:vertical-rl;transform:rotate(180deg)}
.matrix td.wrong{min-width:200px;overflow-wrap:anywhere}
.matrix .good{background:color-mix(in srgb,var(--go) 12%,transparent)}
.matrix .wrong{background:color-mix(in srgb,var(--no) 14%,transparent)}
ul{margin:0;padding-left:20px}li{margin-bottom:4px}
footer{margin-top:32px;color:var(--soft);font-size:13px}
@media(max-width:720px){main{padding:16px 12px 32px}.card{padding:14px}
.verdict{padding:16px;border-left-width:7px}.verdict .word{font-size:34px}.verdict .why{font-size:16px}
.cards{grid-template-columns:1fr}
.criteria thead{display:none}.criteria tr,.criteria td,.criteria th{display:block;width:auto!important}
.criteria td{border:0;padding:2px 0}.criteria tr{border-bottom:1px solid var(--rule);padding:9px 0}
.criteria tr.promise{border:0;padding-bottom:0}.criteria tr.promise th{padding:8px 0 0}
.criteria td[data-name]::before{content:attr(data-name) " ";color:var(--soft);font-size:12.5px}
.criteria tr.promise th[colspan="2"]{border:0}
.criteria tr.promise:has(td){padding-bottom:9px;border-bottom:1px solid var(--rule)}
.criteria tr.promise td{padding-top:2px}
.roadmap thead{display:none}.roadmap tr,.roadmap td,.roadmap th{display:block;width:auto!important}
.roadmap tr{position:relative;border-bottom:1px solid var(--rule);padding:9px 0}.roadmap tr:last-child{border:0}
.roadmap td,.roadmap th{border:0;padding:1px 0;text-align:left}.roadmap td[data-name]::before{content:attr(data-name) " "}
.roadmap tbody th{padding-top:4px}.trend th{padding-right:6px}.trend td{padding:2px 1px}
.square{width:17px;height:18px;line-height:16px;font-size:11px;border-width:1px}
.cards .half{grid-column:1/-1}
.facts{grid-template-columns:1fr}.facts dd{margin-bottom:8px}}
@page{margin:12mm}
@media print{:root{--ground:#fff}body{font-size:11px}h2{font-size:14px}h3{font-size:11.5px}h4{font-size:10px;margin-top:10px}main{max-width:none;padding:0}
.card{break-inside:avoid;padding:10px 12px}h2{break-after:avoid;margin-top:18px}
.scroll>.timeline{min-width:0}.verdict .word{font-size:30px}.verdict .why{font-size:14px}a{color:inherit}
.small,.what,.criteria .id,.figures dt,.survival dt,footer,th{font-size:9.5px}
.number,.figures dd,.survival dd{font-size:13px}.chip,.tiles li{font-size:9.5px}
.criteria tr.promise th{font-size:11px}.criteria .state{width:90px}td,th{padding:4px 8px 4px 0}
.criteria tr.promise th,.criteria tr.promise td{padding-top:9px}
.roadmap tbody th,.roadmap .seen b{font-size:11px}.roadmap .limit,.roadmap td.right,.roadmap td.seen{font-size:9.5px}
.roadmap .state{width:90px}.roadmap tr,.criteria tr,.figures,ol.steps{break-inside:avoid}
.card:has(table){break-inside:auto}.scroll{overflow:visible}.half{break-inside:avoid}
.cut{border-color:#999}}
`.trim();
