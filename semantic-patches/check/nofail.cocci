// what: a driver asks the allocator never to fail
// why: the allocator may then loop for ever while memory is short, with the caller's locks held; it was made for places in
//	file systems that cannot go back, not for drivers (include/linux/gfp_types.h)
// caveats: some block and device mapper code really cannot fail; orders above 1 warn since 2.6
// confidence: medium
// rule: gfp/nofail
// resource: memory
// tokens: __GFP_NOFAIL

@nofail@
identifier alloc;
expression E;
position p;
@@

 alloc@p(..., \(__GFP_NOFAIL\|E | __GFP_NOFAIL\), ...)

@script:python@
p << nofail.p;
alloc << nofail.alloc;
@@
if not alloc.startswith("WARN") and alloc not in ("gfpflags_allow_blocking", "BUG_ON"):
	coccilib.report.print_report(p[0], "%s() with __GFP_NOFAIL may loop for ever: handle the failure instead {acquire: %s}" % (alloc, alloc))
