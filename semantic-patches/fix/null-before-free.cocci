// what: drop the test, the release function accepts NULL
// why: fewer lines and one branch less
// caveats: none beyond those of the check
// confidence: high
// rule: check/redundant
// tokens: free|put|unregister|destroy

@fix_null_free@
expression x;
identifier release;
position p : script:python() { at_finding(p) };
@@
- if@p (\(x\|x != NULL\))
	release(x);

@fix_null_free_block@
expression x;
identifier release;
position p : script:python() { at_finding(p) };
@@
- if@p (\(x\|x != NULL\)) {
	release(x);
- }

@fix_null_free_inner@
expression x;
identifier release;
position p : script:python() { at_finding(p) };
@@
- if (\(x\|x != NULL\))
	release@p(x);
