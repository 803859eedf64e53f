#!/usr/bin/env bats
# SARIF against the official schema: SARIF_SCHEMA names a copy (tests/sarif-schema.sh gets one, and ./check asks it).
load helpers

needs_schema() {
	[ -n "${SARIF_SCHEMA:-}" ] || skip "SARIF_SCHEMA is not set"
	python3 -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
}

validate() {
	python3 - "$SARIF_SCHEMA" "$1" <<-'END'
		import json, jsonschema, sys
		schema, log = (json.load(open(name)) for name in sys.argv[1:])
		jsonschema.Draft4Validator(schema).validate(log)
	END
}

@test "findings, a clean run and a failed unit are valid SARIF 2.1.0" {
	needs_schema
	leaky a.c
	run_split "$DRVCHECK" scan --no-db --format sarif -o leaky.sarif a.c
	[ "$status" -eq 1 ]
	validate leaky.sarif
	tidy b.c
	run_split "$DRVCHECK" scan --no-db --format sarif -o clean.sarif b.c
	[ "$status" -eq 0 ]
	validate clean.sarif
	run_split "$DRVCHECK" scan --no-db --format sarif -o failed.sarif a.c missing.c
	[ ! -s failed.sarif ] || validate failed.sarif
}

# Several buffers that one exit forgets are one alert, and the same one when some of them are released there.
group_print() { # what the exit releases
	cat > group.c <<-END
		void *kmalloc(unsigned long size, unsigned int flags);
		void kfree(const void *p);
		int start(void *p);

		int three(void)
		{
			void *a = kmalloc(8, 0xcc0), *b, *c;

			if (!a)
				return -12;
			b = kmalloc(8, 0xcc0);
			if (!b) {
				kfree(a);
				return -12;
			}
			c = kmalloc(8, 0xcc0);
			if (!c) {
				kfree(b);
				kfree(a);
				return -12;
			}
			if (start(0) < 0) {
				$1
				return -5;
			}
			kfree(c);
			kfree(b);
			kfree(a);
			return 0;
		}
	END
	"$DRVCHECK" scan --no-db --no-smpl --format sarif group.c > group.sarif || true
	jq -r '.runs[0].results[].partialFingerprints.primaryLocationLineHash' group.sarif
}

@test "a group of findings has one fingerprint, whatever it consists of" {
	all=$(group_print "")
	[ "$(wc -l <<<"$all")" -eq 1 ]
	[ -n "$all" ]
	[ "$(group_print "kfree(c);")" = "$all" ]
	[ "$(group_print "kfree(a);")" = "$all" ]
	[ -z "$(group_print "kfree(a); kfree(b); kfree(c);")" ]
}
