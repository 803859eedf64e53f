# Common to all end-to-end tests. $DRVCHECK names the program.
# shellcheck shell=bash

setup() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	DRVCHECK=${DRVCHECK:-$TOP/build/drvcheck}
	export DRVCHECK TOP
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
	cd "$BATS_TEST_TMPDIR" || return 1
	ulimit -v $((8 * 1024 * 1024)) # a test that goes wrong shall not take the machine along
}

# run_split COMMAND...: like run, with stdout in $out, stderr in $err and the exit code in $status.
run_split() {
	status=0
	"$@" >"$BATS_TEST_TMPDIR/.out" 2>"$BATS_TEST_TMPDIR/.err" || status=$?
	out=$(cat "$BATS_TEST_TMPDIR/.out")
	err=$(cat "$BATS_TEST_TMPDIR/.err")
	echo "status: $status"
	echo "stdout: $out"
	echo "stderr: $err"
}

api='
typedef unsigned int gfp_t;
#define GFP_KERNEL 0xcc0u
#define ENOMEM 12
#define EIO 5
void *kzalloc(unsigned long size, gfp_t flags);
void kfree(const void *p);
int hw_start(int port);
'

# leaky FILE [FUNCTION] [LINES TO PUT BEFORE]: memory is lost when a later step fails.
leaky() {
	cat >"$1" <<END
$api
${3:-}
int ${2:-start}(int port)
{
	char *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (hw_start(port) < 0)
		return -EIO;
	kfree(p);
	return 0;
}
END
}

# tidy FILE [FUNCTION]: the same, right.
tidy() {
	cat >"$1" <<END
$api
int ${2:-start}(int port)
{
	char *p = kzalloc(16, GFP_KERNEL);
	int ret = 0;

	if (!p)
		return -ENOMEM;
	if (hw_start(port) < 0)
		ret = -EIO;
	kfree(p);
	return ret;
}
END
}

# endless FILE: parsing it waits for a header that nobody writes.
endless() {
	mkfifo "$1.fifo.h"
	echo "#include \"$1.fifo.h\"" >"$1"
}

# compile_commands FILE...: writes compile_commands.json for them.
compile_commands() {
	local sep='' file
	{
		echo '['
		for file in "$@"; do
			printf '%s{"directory": "%s", "file": "%s", "arguments": ["clang", "-c", "-o", "x.o", "%s"]}\n' \
				"$sep" "$PWD" "$file" "$file"
			sep=,
		done
		echo ']'
	} >compile_commands.json
}

# jq -e accepts an empty input; a test must not.
jq() {
	local answer
	answer=$(command jq "$@") || return
	[ -n "$answer" ] || return 4
	printf '%s\n' "$answer"
}
