#!/usr/bin/env bash
# Usage: protocols-lint.sh TREE...
# Every ops type of rules/protocols/ must be a struct that one of the kernel trees declares, and every slot a member of
# it in one of them; a name ending in * must fit at least one. A line whose comment says since, until or only names
# what the trees at hand need not have. Types that no tree declares are noted: a few are of other versions.
set -eu
rules=$(cd "$(dirname "$0")/../../rules/protocols" && pwd)
[ $# -gt 0 ] || { echo "usage: protocols-lint.sh TREE..." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Lines "ops slot file:line", slot "-" for the type itself. Lists may go over several lines.
list_slots() {
	awk '
	function slots(list,    n, i, w) {
		gsub(/[][{}"\047]/, " ", list)
		n = split(list, w, /[ ,]+/)
		for (i = 1; i <= n; i++)
			if (w[i] != "" && !excused)
				print ops, w[i], FILENAME ":" FNR
	}
	{ excused = /#.*(since|until|only) /; sub(/(^|[ \t])#.*/, "") }
	in_list { slots($0); in_list = !/\]/; next }
	/^  - ops:/ { ops = $3; slots("-") }
	/^ +- \{begin:/ {
		match($0, /begin: *[A-Za-z0-9_]+/); slots(substr($0, RSTART + 6, RLENGTH - 6))
		if (match($0, /end: *\[[^]]*\]/)) slots(substr($0, RSTART + 4, RLENGTH - 4))
	}
	/^    (atomic|repeat|once):/ { in_list = !/\]/; sub(/^[^[]*/, ""); slots($0) }
	' "$rules"/*.yaml
}

# Lines "struct member", member "-" for the struct itself: what stands as (*name) anywhere in its body, and names
# before one of ];,[: outside parentheses.
list_members() {
	awk '
	function scan(    token) {
		while (match($0, /\( *\* *(const +)?[A-Za-z_][A-Za-z0-9_]* *\)|[()]|[A-Za-z_][A-Za-z0-9_]*[ \t]*[];,:[]/)) {
			token = substr($0, RSTART, RLENGTH)
			$0 = substr($0, RSTART + RLENGTH)
			if (token == "(" || token == ")") { depth += token == "(" ? 1 : -1; continue }
			if (depth > 0 && token !~ /^\(/) continue
			sub(/^\( *\* *(const +)?/, "", token)
			gsub(/[^A-Za-z0-9_]/, "", token)
			print tag, token
		}
	}
	NR == FNR { wanted[$1]; next }
	{ sub(/\/\*.*/, "") }
	/^(typedef )?struct [a-z0-9_]+ *(\{|$)/ {
		tag = $1 == "typedef" ? $3 : $2
		sub(/\{.*/, "", tag)
		depth = 0
		if (tag in wanted) print tag, "-"; else tag = ""
		next
	}
	/^\}/ { tag = "" }
	tag != "" { scan() }
	' "$@"
}

list_slots | grep -v '^module ' >"$work/slots"
cut -d' ' -f1 "$work/slots" | sort -u >"$work/wanted"
sed 's/.*/^(typedef )?struct & *(\\{|$)/' "$work/wanted" >"$work/patterns"
for tree in "$@"; do
	folders=()
	for folder in "$tree"/{include,drivers,sound,net,crypto,block} "$tree"/arch/*/include; do
		[ ! -d "$folder" ] || folders+=("$folder")
	done
	[ ${#folders[@]} -gt 0 ] || { echo "$tree: not a kernel tree" >&2; exit 2; }
	grep -rlEf "$work/patterns" --include='*.[ch]' "${folders[@]}" >"$work/files"
	while IFS= read -r file; do
		list_members "$work/wanted" "$file"
	done <"$work/files" >>"$work/members"
done

awk -v rules="$rules/" '
NR == FNR { has[$1, $2]; members[$1] = members[$1] " " $2; next }
function fits(ops, slot,    prefix) {
	if (slot !~ /\*$/) return (ops, slot) in has
	prefix = substr(slot, 1, length(slot) - 1)
	return index(members[ops] " ", " " prefix) > 0
}
{ sub(rules, "", $3) }
!(($1, "-") in has) { if ($2 == "-") { print "note " $3 ": struct " $1 " is not declared here"; absent++ }; next }
fits($1, $2) { passed++; next }
{ print "FAIL " $3 ": struct " $1 " has no " $2; failed++ }
END {
	printf "protocols: %d slots found, %d failed, %d types not declared here\n", passed, failed, absent
	exit failed > 0 || passed == 0
}' "$work/members" "$work/slots"
