#!/usr/bin/env bats
# The HTML report's packets: what a finding's page is made of.
load helpers

# details FILE: the packets of a page, unpacked, one JSON array a line.
details() {
	python3 - "$1" <<-'END'
		import base64, gzip, re, sys
		for packet in re.findall(r'id="packet\d+">([^<]*)<', open(sys.argv[1]).read()):
		    print(gzip.decompress(base64.b64decode(packet)).decode())
	END
}

@test "a verified patch is shown with its finding, others have none" {
	leaky a.c
	run_split "$DRVCHECK" scan --db s.db --fix-dir fixes --format html -o with.html a.c
	[ "$status" -eq 1 ]
	grep -v "	-	" fixes/fixes.txt
	details with.html | jq -e '.[0][4] | contains("--- a/a.c") and contains("kfree(p)")'
	run_split "$DRVCHECK" report --db s.db --format html -o without.html
	details without.html | jq -e '.[0] | length == 4'
	run_split "$DRVCHECK" report --db s.db --format html --fixes fixes -o again.html
	[ "$(details again.html)" = "$(details with.html)" ]
	# The mail says what the patch is worth, and nobody has signed it off.
	run_split "$DRVCHECK" report --db s.db --format mail --fixes fixes
	[[ "$out" = *"neither built into a kernel nor run"*"+++ b/a.c"*"kfree(p)"* ]]
	[[ "$out" = *"Not build-tested, not run-tested"* ]]
	[[ "$out" = *"To compare:"*"another path does release it here"* ]]
	[[ "$out" != *igned-off-by* ]]
	run_split "$DRVCHECK" report --db s.db --format mail
	[[ "$out" != *"+++ b/a.c"* ]]
}

# data FILE: what the page's pictures and its list are made of.
data() {
	python3 -c 'import re, sys; print(re.search(r"id=\"data\">(.*?)</script>", open(sys.argv[1]).read(), re.S)[1])' "$1"
}

@test "the runs before this one and what people have decided are in the page, from report and from scan" {
	leaky a.c
	"$DRVCHECK" scan --db s.db a.c || true
	leaky b.c begin
	"$DRVCHECK" scan --db s.db . || true
	"$DRVCHECK" triage --db s.db 1 --as confirmed --why "seen on hardware" --author "A. Person"
	run_split "$DRVCHECK" report --db s.db --format html -o report.html
	data report.html | jq -e '[.history[] | [.[0], .[2] + .[3] + .[4], .[5]]] == [[1, 1, 1], [2, 2, 2]]'
	data report.html | jq -e '[.verdicts[] | .[0:2]] == [["confirmed", "A. Person"]]'
	run_split "$DRVCHECK" scan --db s.db --format html -o scan.html .
	data scan.html | jq -e '(.history | length == 3) and (.verdicts | length == 1)'
}
