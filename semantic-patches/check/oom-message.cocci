// what: a message after a failed allocation that only says that memory ran out
// why: the allocator has logged the failure with the size and a backtrace; the string costs memory in every kernel
// caveats: harmless, and some subsystems keep such messages; told only when the message is about memory, the allocation has
//	no __GFP_NOWARN, and its flags are plain
// confidence: low
// rule: alloc/oom-message
// resource: memory
// tokens: kmalloc|kzalloc|kvmalloc|kvzalloc|vmalloc|vzalloc|kcalloc|kmalloc_array|kmemdup|kstrdup|devm_kmalloc|devm_kzalloc|devm_kcalloc|devm_kmalloc_array & dev_err|dev_warn|dev_alert|dev_crit|pr_err|pr_warn|pr_crit|printk|netdev_err|dev_info
// match: (?i)(?:alloc|dup)\w*\s*\([^;]*;(?:[^;{}()]*;)*\s*if\s*\([^;]*(err|warn|printk|crit|alert|info)\s*\([^;]*(memory|alloc|mem\b|ENOMEM)

@oom@
expression x;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc, kcalloc, kmalloc_array, kmemdup, kstrdup, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array};
identifier say = {dev_err, dev_warn, dev_alert, dev_crit, pr_err, pr_warn, pr_crit, printk, netdev_err, dev_info};
expression list es, args;
position p, q;
@@

 x = alloc@q(es);
 if (x == NULL)
(
 say@p(args);
|
{
 say@p(args);
 ...
}
)

@script:python@
p << oom.p;
q << oom.q;
x << oom.x;
alloc << oom.alloc;
es << oom.es;
args << oom.args;
say << oom.say;
@@
import re
if "__GFP_NOWARN" not in str(es) and re.search(r"(?i)memory|alloc|\bmem\b|ENOMEM", str(args)):
	coccilib.report.print_report(p[0], "%s() has logged its failure already: this message can go {expr: %s} {acquire: %s} {note: %s: allocated here}" % (alloc, x, alloc, q[0].line))

// The same where the variable is declared with the allocation.
@oom_declared@
type T;
identifier x;
identifier alloc = {kmalloc, kzalloc, kvmalloc, kvzalloc, vmalloc, vzalloc, kcalloc, kmalloc_array, kmemdup, kstrdup, devm_kmalloc, devm_kzalloc, devm_kcalloc, devm_kmalloc_array};
identifier say = {dev_err, dev_warn, dev_alert, dev_crit, pr_err, pr_warn, pr_crit, printk, netdev_err, dev_info};
expression list es, args;
position p, q;
@@

 T x = alloc@q(es);
 ... when != x
 if (x == NULL)
(
 say@p(args);
|
{
 say@p(args);
 ...
}
)

@script:python@
p << oom_declared.p;
q << oom_declared.q;
x << oom_declared.x;
alloc << oom_declared.alloc;
es << oom_declared.es;
args << oom_declared.args;
say << oom_declared.say;
@@
import re
if "__GFP_NOWARN" not in str(es) and re.search(r"(?i)memory|alloc|\bmem\b|ENOMEM", str(args)):
	coccilib.report.print_report(p[0], "%s() has logged its failure already: this message can go {expr: %s} {acquire: %s} {note: %s: allocated here}" % (alloc, x, alloc, q[0].line))
