#!/usr/bin/env bash
# Prints the directory of a configured kernel tree for tests that need one: $DRVCHECK_KERNEL_TREE if set, else Debian's
# linux-source-6.12, fetched once into the user's cache, configured with LLVM=-19 allmodconfig and prepared.
# Exit code 77, with one line on stderr, when there is no network to fetch it; in CI (CI=true) that is a failure.
set -eu
if [ -n "${DRVCHECK_KERNEL_TREE:-}" ]; then
	echo "$DRVCHECK_KERNEL_TREE"
	exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=.ci/packages.sh
. "$here/../.ci/packages.sh"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/drvcheck
tree=$cache/linux-6.12
package=linux-source-6.12

give_up() {
	if [ "${CI:-}" = true ]; then
		echo "kernel-tree.sh: $1" >&2
		exit 1
	fi
	echo "skipped: tests on a kernel tree: $1" >&2
	exit 77
}

fetch() {
	local work=$cache/fetch.$$
	mkdir -p "$work"
	# shellcheck disable=SC2064
	trap "rm -rf '$work'" EXIT
	(cd "$work" && { apt-get download -qq "$package" || { apt-get update -qq && apt-get download -qq "$package"; }; }) \
		>&2 2>"$work/log" || give_up "$package cannot be downloaded"
	dpkg-deb -x "$work"/"$package"_*.deb "$work/deb"
	rm -rf "$tree"
	mkdir -p "$work/tree"
	tar xf "$work/deb/usr/src/$package.tar.xz" -C "$work/tree" --strip-components=1 --exclude='*/Documentation/translations'
	mv "$work/tree" "$tree"
}

mkdir -p "$cache"
exec 9>"$cache/linux-6.12.lock"
flock 9
if [ ! -e "$tree/.prepared-for-tests" ]; then
	need "${packages_kernel[@]}" || give_up "its build tools cannot be installed"
	[ -e "$tree/Kbuild" ] || fetch
	make -C "$tree" -s LLVM=-19 allmodconfig >&2
	make -C "$tree" -s LLVM=-19 -j2 prepare modules_prepare >&2
	touch "$tree/.prepared-for-tests"
fi
echo "$tree"
