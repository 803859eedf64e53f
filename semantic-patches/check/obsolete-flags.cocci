// what: allocation flags that no maintained kernel has
// why: they were removed because they did nothing or were misunderstood: the code no longer builds, or builds only thanks to
//	a compatibility define that hides what the caller wants
// caveats: out-of-tree modules may keep them behind a version test
// confidence: high
// rule: gfp/obsolete
// resource: memory
// tokens: __GFP_REPEAT|__GFP_COLD|__GFP_NOTRACK|__GFP_OTHER_NODE|GFP_TEMPORARY|__GFP_WAIT|GFP_IOFS|__GFP_NOACCOUNT|GFP_THISNODE|__GFP_NO_KSWAPD

@initialize:python@
@@
obsolete_now = {"__GFP_REPEAT": "__GFP_RETRY_MAYFAIL", "__GFP_COLD": "no flag in its place", "__GFP_NOTRACK": "no flag in its place",
		"__GFP_OTHER_NODE": "no flag in its place", "GFP_TEMPORARY": "GFP_KERNEL", "__GFP_WAIT": "__GFP_DIRECT_RECLAIM",
		"GFP_IOFS": "GFP_NOIO or GFP_NOFS", "__GFP_NOACCOUNT": "no flag in its place",
		"GFP_THISNODE": "__GFP_THISNODE", "__GFP_NO_KSWAPD": "GFP_NOWAIT without __GFP_KSWAPD_RECLAIM"}

@obsolete_flag@
symbol __GFP_REPEAT, __GFP_COLD, __GFP_NOTRACK, __GFP_OTHER_NODE, GFP_TEMPORARY, __GFP_WAIT, GFP_IOFS, __GFP_NOACCOUNT, GFP_THISNODE, __GFP_NO_KSWAPD;
position p;
@@

 \(__GFP_REPEAT@p\|__GFP_COLD@p\|__GFP_NOTRACK@p\|__GFP_OTHER_NODE@p\|GFP_TEMPORARY@p\|__GFP_WAIT@p\|GFP_IOFS@p\|__GFP_NOACCOUNT@p\|GFP_THISNODE@p\|__GFP_NO_KSWAPD@p\)

@obsolete_name@
position obsolete_flag.p;
constant C;
@@

 C@p

@script:python@
p << obsolete_flag.p;
c << obsolete_name.C;
@@
coccilib.report.print_report(p[0], "%s no longer exists: use %s" % (c, obsolete_now.get(c, "a current flag")))
