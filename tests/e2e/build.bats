#!/usr/bin/env bats
# The build by itself: what a fresh machine has is enough for it.
load helpers

@test "without cmocka the program can be built; only the tests ask for it" {
	cat >pkg-config-without-cmocka <<'END'
#!/bin/sh
case " $* " in *" cmocka "*) exit 1 ;; esac
exec pkg-config "$@"
END
	chmod +x pkg-config-without-cmocka
	configure=(cmake -S "$TOP" -G Ninja -DPKG_CONFIG_EXECUTABLE="$PWD/pkg-config-without-cmocka")
	run "${configure[@]}" -B program
	echo "$output"
	[ "$status" -eq 0 ]
	run ninja -C program -n drvcheck
	[ "$status" -eq 0 ]
	run "${configure[@]}" -B tests -DDRVCHECK_TESTS=ON
	[ "$status" -ne 0 ]
	[[ "$output" = *cmocka* ]]
}
