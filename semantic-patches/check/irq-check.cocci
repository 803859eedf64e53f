// what: the result of an interrupt lookup is tested for the wrong value
// why: platform_get_irq() and its like return a negative error and never 0; irq_of_parse_and_map() returns 0 and is never
//	negative: the failure goes unnoticed, or an unsigned variable makes the test always false
// caveats: left out when the variable can also hold the result of another function; the type of a structure's member isn't known here, only that of local variables
// confidence: high
// rule: check/unchecked
// resource: irq
// tokens: platform_get_irq|platform_get_irq_byname|of_irq_get|of_irq_get_byname|gpiod_to_irq|fwnode_irq_get|irq_of_parse_and_map|irq_create_mapping|regmap_irq_get_virq
// match: ([\w>.\[\]-]+)\s*=\s*(?:platform_get_irq|platform_get_irq_byname|of_irq_get|of_irq_get_byname|gpiod_to_irq|fwnode_irq_get)\s*\([^;]*;.{0,400}?(?:!\s*\1\s*\)|\b\1\s*==\s*0)|\b(?:unsigned|u32|u16|u8|size_t)\b[^;()]*?\b(\w+)\b[^;()]*;.*\b\2\s*=\s*(?:platform_get_irq|platform_get_irq_byname|of_irq_get|of_irq_get_byname|gpiod_to_irq|fwnode_irq_get)\s*\(|\b(?:irq_of_parse_and_map|irq_create_mapping)\s*\(.{0,400}?<=?\s*0

@irq_zero_other exists@
expression x, E;
identifier other != {platform_get_irq, platform_get_irq_byname, of_irq_get_byname, gpiod_to_irq, fwnode_irq_get};
statement S1, S2;
position r;
@@

 x = other(...)
 ... when != x = E
 if@r (x == 0) S1 else S2

@irq_zero exists@
expression x, E;
identifier get = {platform_get_irq, platform_get_irq_byname, of_irq_get_byname, gpiod_to_irq, fwnode_irq_get};
statement S1, S2;
position p != irq_zero_other.r, q;
@@

 x = get@q(...);
 ... when != x = E
     when != \( x < 0 \| x <= 0 \| x > 0 \| x >= 0 \| x < 1 \)
 if@p (x == 0) S1 else S2

@script:python@
p << irq_zero.p;
q << irq_zero.q;
x << irq_zero.x;
get << irq_zero.get;
@@
coccilib.report.print_report(p[0], "%s() returns a negative error when it fails, not 0 {expr: %s} {acquire: %s} {note: %s: called here}" % (get, x, get, q[0].line))

@irq_unsigned exists@
typedef u32, u16, u8;
{unsigned int, unsigned long, u32, u16, u8, size_t} x;
expression E;
identifier get = {platform_get_irq, platform_get_irq_byname, of_irq_get, of_irq_get_byname, gpiod_to_irq, fwnode_irq_get};
position p, q;
@@

 x = get@q(...)
 ... when != x = E
 \( x <@p 0 \| x <=@p 0 \)

@script:python@
p << irq_unsigned.p;
q << irq_unsigned.q;
x << irq_unsigned.x;
get << irq_unsigned.get;
@@
coccilib.report.print_report(p[0], "'%s' is unsigned: a negative error of %s() is not seen {expr: %s} {acquire: %s} {note: %s: called here}" % (x, get, x, get, q[0].line))

@irq_mapping_other exists@
expression x, E;
identifier other != {irq_of_parse_and_map, irq_create_mapping};
position r;
@@

 x = other(...)
 ... when != x = E
 x <@r 0

@irq_mapping exists@
expression x, E;
identifier get = {irq_of_parse_and_map, irq_create_mapping};
statement S1, S2;
position p != irq_mapping_other.r, q;
@@

 x = get@q(...);
 ... when != x = E
     when != \( x == 0 \| x != 0 \| x <= 0 \| x > 0 \)
 if (x <@p 0) S1 else S2

@script:python@
p << irq_mapping.p;
q << irq_mapping.q;
x << irq_mapping.x;
get << irq_mapping.get;
@@
coccilib.report.print_report(p[0], "%s() returns 0 when it fails and is never negative {expr: %s} {acquire: %s} {note: %s: called here}" % (get, x, get, q[0].line))
