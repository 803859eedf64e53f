# Debian packages that the project needs, and a function that installs what is missing. Sourced by quickstart and check.
# shellcheck shell=bash disable=SC2034

packages_build=(gcc cmake ninja-build pkg-config libclang-19-dev libclang-common-19-dev libglib2.0-dev libjansson-dev
	libcyaml-dev libxxhash-dev libzstd-dev libsqlite3-dev coccinelle)
packages_test=(clang-19 libclang-rt-19-dev clang-tidy-19 clang-format-19 clang-tools-19 libcmocka-dev bats jq sqlite3 python3
	git tmux shellcheck pre-commit python3-yaml python3-jsonschema)
packages_kernel=(flex bison libelf-dev libssl-dev bc cpio rsync kmod make clang-19 lld-19 llvm-19 xz-utils)

# need PACKAGE...: installs those that are missing; asks for nothing, says what it does.
need() {
	local missing=() package as_root=()
	for package in "$@"; do
		dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	echo "installing: ${missing[*]}" >&2
	[ "$(id -u)" -eq 0 ] || as_root=(sudo)
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
		>/dev/null 2>&1 && return 0
	# An old package list names versions that are gone from the archive.
	"${as_root[@]}" apt-get update -qq >&2 &&
		"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			"${missing[@]}" >/dev/null
}
