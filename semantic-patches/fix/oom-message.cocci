// what: drop the message, the allocator has logged the failure
// why: it only repeats what is in the log with a backtrace
// caveats: none beyond those of the check
// confidence: medium
// rule: alloc/oom-message
// tokens: dev_err|pr_err|printk|netdev_err

@fix_oom_return@
expression x, r;
identifier say;
position p : script:python() { at_finding(p) };
@@
 if (\(!x\|x == NULL\))
- {
-	say@p(...);
	return r;
- }

@fix_oom@
expression x;
identifier say;
position p : script:python() { at_finding(p) };
@@
 if (\(!x\|x == NULL\)) {
 ...
- say@p(...);
 ...
 }

@fix_oom_alone@
expression x;
identifier say;
statement S;
position p : script:python() { at_finding(p) };
@@
- if (\(!x\|x == NULL\))
-	say@p(...);
