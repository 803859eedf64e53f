/*
 * A finding's page: the path as a list and on the source itself, what the rule means, the mail. The details come in packets of
 * many findings, compressed; a packet is opened when the first of its findings is.
 */

const packets = new Map();

async function unpack(n) {
	const bytes = Uint8Array.from(atob($("packet" + n).textContent.trim()), (c) => c.charCodeAt(0));
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));

	return JSON.parse(await new Response(stream).text());
}

/* {events: [{kind, file, line, column, message}], source: [[file, first line, [line, ...]]], mail, patch: undefined when there is none} */
async function detailsOf(i) {
	const n = Math.floor(i / D.packet);

	if (!packets.has(n))
		packets.set(n, unpack(n));
	const [events, source, subject, mail, patch] = (await packets.get(n))[i % D.packet];

	return {
		events: events.map(([kind, file, line, column, message], k) => ({kind, file, line, column, message, step: k + 1})),
		source, subject, mail, patch,
	};
}

const KEYWORDS = new Set(("auto break case char const continue default do double else enum extern float for goto if inline int long register " +
	"return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false NULL u8 u16 u32 u64 s8 s16 " +
	"s32 s64 size_t ssize_t __init __exit __iomem __user").split(" "));
const TOKEN = /(\/\*.*?(?:\*\/|$)|\/\/.*$)|("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(^\s*#\s*\w+)|([A-Za-z_]\w*)|(\b\d[\w.]*)/g;

/* Spans for one line of C; `state.comment` carries a comment over the end of a line. */
function highlight(text, state) {
	const out = [];
	let at = 0;

	if (state.comment) {
		const end = text.indexOf("*/");

		at = end < 0 ? text.length : end + 2;
		out.push(h("span", {class: "c"}, text.slice(0, at)));
		state.comment = end < 0;
	}
	TOKEN.lastIndex = at;
	for (let m; (m = TOKEN.exec(text));) {
		const kind = m[1] ? "c" : m[2] ? "s" : m[3] ? "k" : m[4] ? (KEYWORDS.has(m[4]) ? "k" : "") : "d";

		if (m[1] && m[1].startsWith("/*") && !(m[1].length >= 4 && m[1].endsWith("*/")))
			state.comment = true;
		out.push(text.slice(at, m.index), kind ? h("span", {class: kind}, m[0]) : m[0]);
		at = TOKEN.lastIndex;
	}
	out.push(text.slice(at));
	return out;
}

function eventLine(e, end) {
	return h("div", {class: "ev " + e.kind + (end ? " end" : ""), id: "step" + e.step}, h("span", {class: "num " + e.kind}, String(e.step)),
		h("span", {}, e.message));
}

/* The line of the finding itself, when no step of the path says the same. */
function ownLine(f) {
	return h("div", {class: "ev end"}, h("span", {class: "num leaves"}, "!"), h("span", {}, f.message));
}

function sourceBlock(f, d, file, pieces) {
	const code = h("div", {class: "code"}), last = d.events.length;
	let before = 0;

	for (const [first, lines] of pieces) {
		const state = {comment: false};

		if (before && first > before + 1)
			code.append(h("div", {class: "gap"}, `${first - before - 1} lines`));
		lines.forEach((text, k) => {
			const n = first + k, here = d.events.filter((e) => e.file === file && e.line === n), own = file === f.file && n === f.line;

			code.append(h("div", {class: "l" + (own ? " end" : here.length ? " hit" : "")}, h("i", {}, String(n)),
				h("b", {}, ...highlight(text, state))));
			for (const e of here)
				code.append(eventLine(e, e.step === last && own));
			if (own && !here.length)
				code.append(ownLine(f));
		});
		before = first + lines.length - 1;
	}
	return h("div", {class: "source"}, h("header", {class: "mono"}, file), h("div", {class: "scroll"}, code));
}

function sourceBlocks(f, d) {
	const files = new Map();

	for (const [file, first, lines] of d.source) {
		if (!files.has(file))
			files.set(file, []);
		files.get(file).push([first, lines]);
	}
	if (!files.size)
		return [h("div", {class: "panel hint"}, "The source was not at hand when this report was written.")];
	return [...files].map(([file, pieces]) => sourceBlock(f, d, file, pieces));
}

function stepList(f, d) {
	if (!d.events.length)
		return null;
	return h("div", {class: "panel"}, h("h2", {}, "The path"), h("ol", {class: "steps"}, d.events.map((e) => h("li", {},
		h("a", {href: "#", id: "go" + e.step, onclick: (ev) => { ev.preventDefault(); goToStep(e.step); }},
			h("span", {class: "num " + e.kind}, String(e.step)),
			h("span", {}, e.message, h("small", {class: "mono"}, (e.file === f.file ? "line " : e.file + ":") + e.line)))))));
}

let step = 0;

function goToStep(n) {
	const line = $("step" + n), go = $("go" + n);

	if (!go)
		return;
	for (const e of document.querySelectorAll(".ev.on, .steps a.on"))
		e.classList.remove("on");
	step = n;
	go.classList.add("on");
	if (line) {
		line.classList.add("on");
		line.scrollIntoView({block: "center"});
	}
}

function metaLine(f) {
	const item = (name, value) => value ? h("span", {}, name + " ", h("b", {class: "mono"}, value)) : null;

	return h("div", {class: "meta"}, badge(f.conf), f.verdict ? h("span", {class: "badge verdict"}, f.verdict[0]) : null,
		item("rule", f.rule.id), item("in", f.fn ? f.fn + "()" : ""), item("resource", f.resource), item("acquired by", f.acquire),
		item("released by", f.release), item("fingerprint", f.fp), f.id ? item("id", String(f.id)) : null);
}

function explanation(f) {
	return h("div", {class: "panel"}, h("h2", {}, f.rule.title), h("p", {class: "prose"}, f.rule.help),
		f.rule.cwe ? h("p", {class: "hint"}, `CWE-${f.rule.cwe}`) : null,
		f.verdict ? h("p", {class: "prose"}, `Decided ${f.verdict[2]} by ${f.verdict[1]}: ${f.verdict[0]}. ${f.verdict[3]}`) : null);
}

function commands(f) {
	if (!f.id)
		return null;
	return h("div", {class: "panel no-print"}, h("h2", {}, "What to do with it"),
		h("p", {class: "prose"}, h("code", {}, `drvcheck triage ${f.id} --as false-positive --why "..."`), " records a decision."));
}

/* A folded text that can be copied. */
function textPanel(title, text, name) {
	const pre = h("pre", {class: name}, text);
	const copy = h("button", {type: "button", class: "no-print", onclick: async () => {
		getSelection().selectAllChildren(pre);
		try {
			await navigator.clipboard.writeText(text);
			copy.textContent = "Copied";
		} catch {
			copy.textContent = "Selected: press Ctrl-C";
		}
	}}, "Copy");

	return h("details", {class: "panel"}, h("summary", {}, title), pre, copy);
}

function mailPanel(d) {
	return textPanel("Mail to the maintainers (read and check it first; nothing is sent)", `Subject: [BUG] ${d.subject}\n\n${d.mail}`, "mail");
}

function patchPanel(d) {
	return d.patch ? textPanel("Patch (with it the finding is gone and no other comes; not compiled into a kernel, not run)", d.patch, "patch") : "";
}

/* Neighbours in the list as it is filtered and sorted now. */
function neighbour(i, by) {
	if (!table.shown.length)
		applyFilters();
	const k = table.shown.indexOf(i);

	if (k < 0 || k + by < 0 || k + by >= table.shown.length)
		return null;
	return "#/f/" + D.cols.fp[table.shown[k + by]];
}

function pager(i) {
	const previous = neighbour(i, -1), next = neighbour(i, 1), k = table.shown.indexOf(i);

	return h("div", {class: "pager"}, h("a", {href: listAddress({...table.filters, sort: table.sort === "place" ? "" : table.sort, down: table.down ? "1" : ""}), id: "back"}, "\u2190 List"),
		previous ? h("a", {href: previous, id: "previous"}, "Previous (p)") : null, next ? h("a", {href: next, id: "next"}, "Next (n)") : null,
		h("span", {class: "count"}, k >= 0 ? `${number(k + 1)} of ${number(table.shown.length)}` : ""));
}

async function showFinding(fp) {
	const i = D.cols.fp.indexOf(fp), box = $("finding");

	if (i < 0) {
		box.replaceChildren(h("p", {}, "There is no such finding in this report. ", h("a", {href: "#/list"}, "List")));
		return;
	}
	const f = finding(i), d = await detailsOf(i);

	if (readAddress().arg !== fp)
		return; /* another one has been asked for meanwhile */
	step = 0;
	box.replaceChildren(pager(i), h("h1", {}, f.message), h("div", {class: "mono"}, `${f.file}:${f.line}`), metaLine(f),
		h("div", {class: "finding"}, h("div", {class: "side"}, stepList(f, d) || "", explanation(f), commands(f) || ""),
			h("div", {}, ...sourceBlocks(f, d), patchPanel(d), mailPanel(d))));
	if (table.shown.includes(i))
		table.at = table.shown.indexOf(i);
	$("main").scrollTop = 0;
}
