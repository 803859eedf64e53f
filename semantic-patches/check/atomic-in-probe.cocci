// what: memory for atomic context requested in a probe function
// why: probe may sleep; GFP_ATOMIC fails sooner and uses up the reserve that interrupts depend on
// caveats: knows probe functions by the driver structures of the file; told only when the function takes no lock, disables
//	no interrupts and enters no RCU section before, so conditions in callers that it can't see remain
// confidence: low
// rule: alloc/context
// resource: memory
// tokens: GFP_ATOMIC

@atomic_driver@
identifier driver, probe_fn, type =~ "_driver$";
@@

 struct type driver = {
	.probe = probe_fn,
 };

@atomic_probe exists@
identifier atomic_driver.probe_fn;
identifier alloc =~ "alloc|dup|get_free_page|get_zeroed_page|asprintf|submit_urb|^nlmsg_new$";
identifier lock =~ "lock|atomic|irq_save|irq_disable|preempt_disable|bh_disable|guard";
position p;
@@

 probe_fn(...)
 {
 ... when != lock(...)
 alloc@p(..., GFP_ATOMIC, ...)
 ... when any
 }

@script:python@
p << atomic_probe.p;
alloc << atomic_probe.alloc;
probe << atomic_driver.probe_fn;
@@
coccilib.report.print_report(p[0], "%s() with GFP_ATOMIC in %s(), which may sleep: use GFP_KERNEL {acquire: %s}" % (alloc, probe, alloc))
