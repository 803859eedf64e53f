// what: a message after platform_get_irq() failed
// why: the function has logged the failure already (except a deferred probe, which must stay silent)
// caveats: harmless; the _optional forms, which are silent, are another thing
// confidence: low
// rule: check/redundant
// resource: irq
// tokens: platform_get_irq|platform_get_irq_byname & dev_err|dev_warn|dev_err_probe|pr_err
// match: platform_get_irq(_byname)?\s*\([^;]*;\s*if[^;]*(dev_err|dev_warn|pr_err|dev_err_probe)\s*\(

@irq_message@
expression x;
identifier get = {platform_get_irq, platform_get_irq_byname};
identifier say = {dev_err, dev_warn, pr_err, dev_err_probe};
position p, q;
@@

 x = get@q(...);
 if (\( x < 0 \| x <= 0 \))
(
 say@p(...);
|
 return say@p(...);
|
 {
 say@p(...);
 ...
 }
|
 {
 return say@p(...);
 }
)

@script:python@
p << irq_message.p;
q << irq_message.q;
get << irq_message.get;
say << irq_message.say;
@@
coccilib.report.print_report(p[0], "%s() has logged its failure already: this message can go {acquire: %s} {note: %s: called here}" % (get, get, q[0].line))
