// what: test for an error pointer, as the function reports failure, and return its code
// why: an error pointer is not NULL, so that the failure goes unnoticed
// caveats: a constant error code in the branch is replaced by the pointer's
// confidence: medium
// rule: check/null-vs-errptr
// tokens: NULL|if

@fix_null_return@
expression x;
constant C;
position p : script:python() { at_finding(p) };
@@
 if@p (
- \(!x\|x == NULL\)
+ IS_ERR(x)
 )
 {
 ...
 return
- -C
+ PTR_ERR(x)
 ;
 }

@fix_null_single@
expression x;
constant C;
position p : script:python() { at_finding(p) };
@@
 if@p (
- \(!x\|x == NULL\)
+ IS_ERR(x)
 )
	return
- -C
+ PTR_ERR(x)
	;

@fix_null_assign@
expression x, r;
constant C;
position p : script:python() { at_finding(p) };
@@
 if@p (
- \(!x\|x == NULL\)
+ IS_ERR(x)
 )
 {
 ...
 r =
- -C
+ PTR_ERR(x)
 ;
 ...
 }

@fix_null_test@
expression x;
statement S;
position p : script:python() { at_finding(p) };
@@
 if@p (
- \(!x\|x == NULL\)
+ IS_ERR(x)
 ) S
