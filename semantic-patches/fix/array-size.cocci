// what: let the allocator multiply, and notice an overflow
// why: a product that wraps gives less memory than is used
// caveats: sizeof goes last, as the array form wants
// confidence: medium
// rule: alloc/overflow
// tokens: krealloc|kmalloc|kzalloc|kvmalloc|kvzalloc|devm_kmalloc|devm_kzalloc|vmalloc|vzalloc

@fix_array@
expression n, g, d, o;
expression E;
type T;
position p : script:python() { at_finding(p) };
@@
(
- kmalloc@p(sizeof(T) * (n), g)
+ kmalloc_array(n, sizeof(T), g)
|
- kmalloc@p(sizeof(E) * (n), g)
+ kmalloc_array(n, sizeof(E), g)
|
- kzalloc@p(sizeof(T) * (n), g)
+ kcalloc(n, sizeof(T), g)
|
- kzalloc@p(sizeof(E) * (n), g)
+ kcalloc(n, sizeof(E), g)
|
- kvmalloc@p(sizeof(T) * (n), g)
+ kvmalloc_array(n, sizeof(T), g)
|
- kvmalloc@p(sizeof(E) * (n), g)
+ kvmalloc_array(n, sizeof(E), g)
|
- kvzalloc@p(sizeof(T) * (n), g)
+ kvcalloc(n, sizeof(T), g)
|
- kvzalloc@p(sizeof(E) * (n), g)
+ kvcalloc(n, sizeof(E), g)
|
- devm_kmalloc@p(d, sizeof(T) * (n), g)
+ devm_kmalloc_array(d, n, sizeof(T), g)
|
- devm_kmalloc@p(d, sizeof(E) * (n), g)
+ devm_kmalloc_array(d, n, sizeof(E), g)
|
- devm_kzalloc@p(d, sizeof(T) * (n), g)
+ devm_kcalloc(d, n, sizeof(T), g)
|
- devm_kzalloc@p(d, sizeof(E) * (n), g)
+ devm_kcalloc(d, n, sizeof(E), g)
|
- krealloc@p(o, sizeof(T) * (n), g)
+ krealloc_array(o, n, sizeof(T), g)
|
- krealloc@p(o, sizeof(E) * (n), g)
+ krealloc_array(o, n, sizeof(E), g)
|
- devm_krealloc@p(d, o, sizeof(T) * (n), g)
+ devm_krealloc_array(d, o, n, sizeof(T), g)
|
- devm_krealloc@p(d, o, sizeof(E) * (n), g)
+ devm_krealloc_array(d, o, n, sizeof(E), g)
)

@fix_array_plain@
expression n, m, g, d, o;
position p : script:python() { at_finding(p) };
@@
(
- kmalloc@p((n) * (m), g)
+ kmalloc_array(n, m, g)
|
- kzalloc@p((n) * (m), g)
+ kcalloc(n, m, g)
|
- kvmalloc@p((n) * (m), g)
+ kvmalloc_array(n, m, g)
|
- kvzalloc@p((n) * (m), g)
+ kvcalloc(n, m, g)
|
- devm_kmalloc@p(d, (n) * (m), g)
+ devm_kmalloc_array(d, n, m, g)
|
- devm_kzalloc@p(d, (n) * (m), g)
+ devm_kcalloc(d, n, m, g)
|
- krealloc@p(o, (n) * (m), g)
+ krealloc_array(o, n, m, g)
|
- devm_krealloc@p(d, o, (n) * (m), g)
+ devm_krealloc_array(d, o, n, m, g)
|
- vmalloc@p((n) * (m))
+ vmalloc_array(n, m)
|
- vzalloc@p((n) * (m))
+ vcalloc(n, m)
)
