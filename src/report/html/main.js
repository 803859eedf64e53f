/* The address decides what is shown; keys and buttons only change the address. */

const views = {overview: showOverview, list: showList, f: () => showFinding(readAddress().arg)};

function route() {
	const at = readAddress(), view = views[at.view] ? at.view : "overview";

	for (const [name, id] of [["overview", "overview"], ["list", "list"], ["f", "finding"]])
		$(id).hidden = name !== view;
	for (const a of document.querySelectorAll(".top nav a"))
		a.toggleAttribute("aria-current", a.dataset.view === (view === "f" ? "list" : view));
	views[view]();
}

const THEMES = ["", "light", "dark"];

/* Storage may be refused to a file opened from disk; then the choice lasts as long as the page. */
function keepTheme(name) {
	try {
		localStorage.setItem("drvcheck-theme", name);
	} catch {
		return;
	}
}

function setTheme(name) {
	if (name)
		document.documentElement.dataset.theme = name;
	else
		delete document.documentElement.dataset.theme;
	$("theme").textContent = "Theme: " + (name || "system");
}

function nextTheme() {
	const name = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme || "") + 1) % THEMES.length];

	setTheme(name);
	keepTheme(name);
}

function startTheme() {
	let name = "";

	try {
		name = localStorage.getItem("drvcheck-theme") || "";
	} catch {
		name = "";
	}
	setTheme(THEMES.includes(name) ? name : "");
}

const follow = (id) => {
	if ($(id))
		location.hash = $(id).getAttribute("href");
};

const keys = {
	o: () => { location.hash = "#/"; },
	l: () => { location.hash = "#/list"; },
	t: nextTheme,
	"?": () => $("help").showModal(),
};

const listKeys = {
	"/": () => $("q").focus(),
	j: () => moveTo(table.at + 1),
	k: () => moveTo(table.at - 1),
	ArrowDown: () => moveTo(table.at + 1),
	ArrowUp: () => moveTo(table.at - 1),
	PageDown: () => moveTo(table.at + Math.floor($("tbody").clientHeight / ROW)),
	PageUp: () => moveTo(table.at - Math.floor($("tbody").clientHeight / ROW)),
	Home: () => moveTo(0),
	End: () => moveTo(table.shown.length - 1),
	Enter: () => {
		if (table.shown.length)
			location.hash = "#/f/" + D.cols.fp[table.shown[table.at]];
	},
};

const findingKeys = {
	n: () => follow("next"),
	p: () => follow("previous"),
	"]": () => goToStep(step + 1),
	"[": () => goToStep(step - 1),
	Escape: () => follow("back"),
};

function onKey(e) {
	const typing = e.target.matches("input[type=search], select, textarea"), view = readAddress().view;

	if (e.ctrlKey || e.metaKey || e.altKey || $("help").open)
		return;
	if (typing) {
		/* From the filter straight into the rows. */
		if (e.target.id === "q" && ["Enter", "ArrowDown", "Escape"].includes(e.key)) {
			e.preventDefault();
			$("tbody").focus();
		}
		return;
	}
	if (e.key === "Enter" && e.target.matches("a, button, summary"))
		return;
	if (e.key === "/" && view !== "list")
		location.hash = "#/list";
	const action = (view === "list" && listKeys[e.key]) || (view === "f" && findingKeys[e.key]) || keys[e.key];

	if (action) {
		e.preventDefault();
		action();
	}
}

function start() {
	$("about").textContent = `drvcheck ${D.version}` + (D.release ? `, Linux ${D.release}` : "");
	document.title = `drvcheck: ${number(N)} findings` + (D.release ? ` in Linux ${D.release}` : "");
	startTheme();
	$("theme").addEventListener("click", nextTheme);
	$("keys").addEventListener("click", () => $("help").showModal());
	addEventListener("keydown", onKey);
	addEventListener("hashchange", route);
	route();
}

start();
