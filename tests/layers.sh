#!/usr/bin/env bash
# Includes point only downwards: a layer may use itself and those listed before it in CMakeLists.txt; cli/ is on top.
# clang-c is for parse/ and lower/ (and the command that prints its cursors); sqlite3.h for store/ alone.
set -eu
cd "$(dirname "$0")/.."
read -r -a layers <<<"$(sed -n 's/^set(LAYERS \(.*\))$/\1/p' CMakeLists.txt) cli"
[ ${#layers[@]} -gt 5 ] || { echo "layers.sh: no list of layers in CMakeLists.txt" >&2; exit 1; }
failed=0 checked=0
complain() { echo "FAIL $1"; failed=$((failed + 1)); }

for i in "${!layers[@]}"; do
	layer=${layers[$i]}
	for file in src/"$layer"/*.[ch]; do
		[ -e "$file" ] || continue
		checked=$((checked + 1))
		while IFS=: read -r line text; do
			used=${text#*\"} used=${used%%\"*}
			below=no
			for lower in "${layers[@]:0:i+1}"; do
				[ "${used%%/*}" != "$lower" ] || below=yes
			done
			[ "$below" = yes ] || complain "$file:$line: includes $used, which is not below $layer"
		done < <(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$file")
	done
done
while IFS= read -r hit; do
	complain "$hit: only store/ uses SQLite"
done < <(grep -nE '#[[:space:]]*include.*sqlite3\.h' src/*/*.[ch] | grep -v '^src/store/')
while IFS= read -r hit; do
	complain "$hit: only parse/ and lower/ use clang-c"
done < <(grep -nE '#[[:space:]]*include.*clang-c/' src/*/*.[ch] | grep -vE '^src/(parse|lower)/|^src/cli/ast\.h:')
for folder in src/*/; do
	folder=$(basename "$folder")
	[[ " ${layers[*]} " = *" $folder "* ]] || complain "src/$folder is no layer of CMakeLists.txt"
done
echo "layers: $((checked > failed ? checked - failed : 0)) passed, $failed failed"
[ "$failed" -eq 0 ]
