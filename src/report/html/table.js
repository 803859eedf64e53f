/*
 * The list: 20,000 findings and more, filtered and sorted at each keystroke. Only the rows in sight are elements; a row has a
 * fixed height, so the scroll bar tells the truth. Filters live in the address, which can be kept and sent.
 */

const ROW = 32;
const COLUMNS = [
	{key: "conf", name: "Confidence", value: (i) => 2 - D.cols.conf[i]},
	{key: "rule", name: "Rule", value: (i) => D.rules[D.cols.rule[i]].id},
	{key: "place", name: "Place", value: null},
	{key: "fn", name: "Function", value: (i) => str("fn", i)},
	{key: "message", name: "What", value: (i) => str("message", i)},
];

const table = {shown: [], at: 0, sort: "place", down: false, filters: {}, built: false, drawn: [-1, -1]};

/* Text that the filter looks in, made once. */
let haystack = null;

function buildHaystack() {
	haystack = new Array(N);
	for (let i = 0; i < N; i++)
		haystack[i] = [str("file", i) + ":" + D.cols.line[i], str("fn", i), D.rules[D.cols.rule[i]].id, str("acquire", i), str("release", i),
			str("resource", i), str("message", i), D.cols.fp[i], "#" + D.cols.id[i]].join("\n").toLowerCase();
}

function matcher(f) {
	const words = (f.q || "").toLowerCase().split(/\s+/).filter(Boolean);
	const confs = f.conf ? new Set(f.conf.split(",").map((c) => CONF.indexOf(c))) : null;
	const rule = f.rule ? D.rules.findIndex((r) => r.id === f.rule) : -2;

	return (i) => (!confs || confs.has(D.cols.conf[i])) && (rule === -2 || D.cols.rule[i] === rule) &&
		(!f.path || str("file", i).startsWith(f.path)) && (!f.resource || (str("resource", i) || "(none)") === f.resource) &&
		(!f.verdict || (f.verdict === "none" ? !D.verdicts[D.cols.fp[i]] : (D.verdicts[D.cols.fp[i]] || [])[0] === f.verdict)) &&
		words.every((w) => haystack[i].includes(w));
}

function applyFilters() {
	const match = matcher(table.filters), column = COLUMNS.find((c) => c.key === table.sort), shown = [];

	if (!haystack)
		buildHaystack();
	for (let i = 0; i < N; i++)
		if (match(i))
			shown.push(i);
	/* Findings come sorted by place: the index is the place, and breaks every tie. */
	if (column.value) {
		const keys = new Map(shown.map((i) => [i, column.value(i)]));

		shown.sort((a, b) => {
			const x = keys.get(a), y = keys.get(b);

			return x < y ? -1 : x > y ? 1 : a - b;
		});
	}
	if (table.down)
		shown.reverse();
	table.shown = shown;
	table.at = Math.max(0, Math.min(table.at, shown.length - 1));
}

function placeCell(i) {
	const file = str("file", i), cut = file.lastIndexOf("/") + 1;

	return h("span", {class: "mono place", title: file + ":" + D.cols.line[i]},
		h("span", {class: "dir"}, shorten(file.slice(0, cut))), h("span", {class: "file"}, file.slice(cut) + ":" + D.cols.line[i]));
}

/* The end of a long path tells more than its start. */
function shorten(dir) {
	const parts = dir.split("/");

	return dir.length <= 30 || parts.length < 4 ? dir : parts[0] + "/\u2026/" + parts.slice(-2).join("/");
}

function row(k) {
	const i = table.shown[k], verdict = D.verdicts[D.cols.fp[i]];

	return h("a", {
		class: "tr" + (k === table.at ? " on" : ""), href: "#/f/" + D.cols.fp[i], style: `top:${k * ROW}px`, role: "row",
		"aria-rowindex": k + 2, tabindex: -1, id: "row" + k,
	},
	h("span", {role: "gridcell"}, badge(D.cols.conf[i])),
	h("span", {role: "gridcell", class: "mono"}, D.rules[D.cols.rule[i]].id),
	placeCell(i),
	h("span", {role: "gridcell", class: "mono", title: str("fn", i)}, str("fn", i)),
	h("span", {role: "gridcell", title: str("message", i)}, verdict ? h("span", {class: "badge verdict"}, verdict[0]) : null,
		verdict ? " " : null, str("message", i)));
}

function drawRows(force) {
	const body = $("tbody"), first = Math.max(0, Math.floor(body.scrollTop / ROW) - 10);
	const last = Math.min(table.shown.length, Math.ceil((body.scrollTop + body.clientHeight) / ROW) + 10);

	if (!force && first >= table.drawn[0] && last <= table.drawn[1] && table.drawn[1] - table.drawn[0] < 200)
		return;
	const rows = [];

	for (let k = first; k < last; k++)
		rows.push(row(k));
	$("space").replaceChildren(...rows);
	table.drawn = [first, last];
}

function redraw() {
	$("space").style.height = table.shown.length * ROW + "px";
	$("tbody").hidden = !table.shown.length;
	$("nothing").hidden = !!table.shown.length;
	$("count").textContent = table.shown.length === N ? `${number(N)} findings` : `${number(table.shown.length)} of ${number(N)} findings`;
	$("grid").setAttribute("aria-rowcount", table.shown.length + 1);
	for (const c of COLUMNS)
		$("by-" + c.key).setAttribute("aria-sort", c.key !== table.sort ? "none" : table.down ? "descending" : "ascending");
	drawRows(true);
}

/* Moves the mark, and the view when the mark would leave it. */
function moveTo(k) {
	const body = $("tbody");

	table.at = Math.max(0, Math.min(k, table.shown.length - 1));
	const top = table.at * ROW;

	if (top < body.scrollTop)
		body.scrollTop = top;
	else if (top + ROW > body.scrollTop + body.clientHeight)
		body.scrollTop = top + ROW - body.clientHeight;
	drawRows(true);
	body.setAttribute("aria-activedescendant", "row" + table.at);
}

function setFilter(key, value) {
	const f = {...table.filters, sort: table.sort, down: table.down ? "1" : "", [key]: value};

	if (f.sort === "place")
		delete f.sort;
	history.replaceState(null, "", listAddress(f));
	table.at = 0;
	readFilters();
	$("tbody").scrollTop = 0;
}

function readFilters() {
	const q = readAddress().query;

	table.filters = {};
	for (const k of ["q", "conf", "rule", "path", "resource", "verdict"])
		if (q.get(k))
			table.filters[k] = q.get(k);
	table.sort = COLUMNS.some((c) => c.key === q.get("sort")) ? q.get("sort") : "place";
	table.down = q.get("down") === "1";
	applyFilters();
	showFilters();
	redraw();
}

function showFilters() {
	const f = table.filters, confs = f.conf ? f.conf.split(",") : CONF;

	if (document.activeElement !== $("q"))
		$("q").value = f.q || "";
	for (const c of CONF)
		$("conf-" + c).checked = confs.includes(c);
	$("rule").value = f.rule || "";
	$("resource").value = f.resource || "";
	$("verdict").value = f.verdict || "";
	$("path").value = "";
	for (const o of $("path").options)
		if (o.value === f.path)
			$("path").value = f.path;
	if (f.path && !$("path").value) {
		$("path").append(h("option", {value: f.path}, f.path));
		$("path").value = f.path;
	}
	$("clear").hidden = !Object.keys(f).length;
}

function select(id, label, options) {
	return h("select", {id, "aria-label": label, onchange: (e) => setFilter(id, e.target.value)}, h("option", {value: ""}, label),
		options.map(([value, text]) => h("option", {value}, text)));
}

/* [[value, "value (count)"]], most first */
function tally(of, all) {
	const map = new Map();

	for (let i = 0; i < N; i++)
		map.set(of(i), (map.get(of(i)) || 0) + 1);
	const rows = [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

	return rows.slice(0, all).map(([v, n]) => [v, `${v} (${number(n)})`]);
}

function onConfidence() {
	const on = CONF.filter((c) => $("conf-" + c).checked);

	setFilter("conf", on.length === 3 || !on.length ? "" : on.join(","));
}

function filterBar() {
	return h("div", {class: "filters", role: "search"},
		h("input", {type: "search", id: "q", placeholder: "Filter: words in path, function, API, message   ( / )", "aria-label": "Filter",
			autocomplete: "off", spellcheck: "false", oninput: (e) => setFilter("q", e.target.value)}),
		h("fieldset", {"aria-label": "Confidence"}, [2, 1, 0].map((c) => h("label", {hidden: c < D.least},
			h("input", {type: "checkbox", id: "conf-" + CONF[c], checked: true, onchange: onConfidence}), CONF[c]))),
		select("rule", "every rule", tally((i) => D.rules[D.cols.rule[i]].id, 100)),
		select("path", "every subsystem", tally((i) => subsystem(str("file", i)) + "/", 400)),
		select("resource", "every resource", tally((i) => str("resource", i) || "(none)", 200)),
		select("verdict", "any decision", [["none", "not decided"], ["confirmed", "confirmed"], ["false-positive", "false positive"],
			["intentional", "intentional"], ["fixed", "fixed"]]),
		h("button", {type: "button", id: "clear", onclick: () => { location.hash = "#/list"; }}, "Clear"),
		h("span", {class: "count", id: "count", "aria-live": "polite"}));
}

function sortBy(key) {
	const down = table.sort === key ? !table.down : false;

	table.sort = key;
	table.down = down;
	setFilter("down", down ? "1" : "");
}

function buildTable() {
	$("list").append(filterBar(),
		h("div", {class: "table", role: "grid", id: "grid", "aria-label": "Findings"},
			h("div", {class: "thead", role: "row"}, COLUMNS.map((c) => h("button", {
				type: "button", role: "columnheader", id: "by-" + c.key, onclick: () => sortBy(c.key),
			}, c.name))),
			h("div", {class: "tbody", id: "tbody", tabindex: 0, onscroll: () => drawRows(false)}, h("div", {class: "space", id: "space"})),
			h("div", {class: "empty", id: "nothing", hidden: true}, "No finding matches. ",
				h("a", {href: "#/list"}, "Show all"))),
		h("table", {class: "printed", id: "printed"}));
	new ResizeObserver(() => drawRows(false)).observe($("tbody"));
	table.built = true;
}

function showList() {
	if (!table.built)
		buildTable();
	readFilters();
	moveTo(table.at);
}

/* Paper has no scroll bar: rows up to a limit, and a line that says what is not there. */
const PRINT_ROWS = 2000;

function printList() {
	const t = $("printed");

	if (!t || readAddress().view !== "list")
		return;
	t.replaceChildren(h("caption", {}, $("count").textContent +
		(table.shown.length > PRINT_ROWS ? `, the first ${number(PRINT_ROWS)} of them` : "")),
	h("tr", {}, COLUMNS.map((c) => h("th", {}, c.name))),
	...table.shown.slice(0, PRINT_ROWS).map((i) => h("tr", {}, h("td", {}, CONF[D.cols.conf[i]]), h("td", {}, D.rules[D.cols.rule[i]].id),
		h("td", {}, str("file", i) + ":" + D.cols.line[i]), h("td", {}, str("fn", i)), h("td", {}, str("message", i)))));
}
addEventListener("beforeprint", printList);
