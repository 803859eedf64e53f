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
}
