// what: a loop over device tree or firmware nodes is left with the reference of the current node
// why: the iterator holds a reference for the node that the body sees, and drops it only when it goes on: leaving early by
//	return keeps it for ever
// caveats: a node that is returned, or stored before the loop is left, is taken as handed over
// confidence: medium
// rule: leak/loop
// resource: of_node
// release: of_node_put
// tokens: for_each_child_of_node|for_each_available_child_of_node|for_each_node_by_name|for_each_node_by_type|for_each_compatible_node|for_each_matching_node|for_each_matching_node_and_match|for_each_endpoint_of_node|device_for_each_child_node|fwnode_for_each_child_node|fwnode_for_each_available_child_node & return|goto

@initialize:python@
@@
def child_loop_report(p, q, node, iterator, how):
	put = "fwnode_handle_put" if "child_node" in iterator and "of_node" not in iterator else "of_node_put"
	kind = "fwnode" if put == "fwnode_handle_put" else "of_node"
	coccilib.report.print_report(p, "%s leaves %s() without %s(%s) {resource: %s} {expr: %s} {acquire: %s} {release: %s} {note: %s: the iterator takes a reference for each round}" % (how, iterator, put, node, kind, node, iterator, put, q.line))

@child_return exists@
iterator iter = {for_each_child_of_node, for_each_available_child_of_node, for_each_endpoint_of_node, device_for_each_child_node, fwnode_for_each_child_node, fwnode_for_each_available_child_node};
local idexpression node;
expression E, E2, E0;
identifier keep =~ "get$|add_tail|to_fwnode";
position p, q;
@@

 iter@q(E0, node)
 {
 ... when != \(of_node_put\|fwnode_handle_put\)(node)
     when != E = node
     when != E2 = keep(..., node, ...)
     when != device_set_node(...)
(
 return node;
|
 return keep(..., node, ...);
|
 return@p ...;
)
 ...
 }

@script:python@
p << child_return.p;
q << child_return.q;
node << child_return.node;
iter << child_return.iter;
@@
child_loop_report(p[0], q[0], node, iter, "return")

@child_goto exists@
iterator iter = {for_each_child_of_node, for_each_available_child_of_node, for_each_endpoint_of_node, device_for_each_child_node, fwnode_for_each_child_node, fwnode_for_each_available_child_node};
local idexpression node;
expression E, E2, E0;
identifier keep =~ "get$|add_tail|to_fwnode";
identifier l;
position p, q;
@@

 iter@q(E0, node)
 {
 ... when != \(of_node_put\|fwnode_handle_put\)(node)
     when != E = node
     when != E2 = keep(..., node, ...)
     when != device_set_node(...)
 goto@p l;
 ...
 }
 ... when != node
 l:
 ... when != node
@script:python@
p << child_goto.p;
q << child_goto.q;
node << child_goto.node;
iter << child_goto.iter;
@@
child_loop_report(p[0], q[0], node, iter, "goto")

@node_return exists@
iterator iter = {for_each_node_by_name, for_each_node_by_type, for_each_compatible_node, for_each_matching_node};
local idexpression node;
expression E, E2;
identifier keep =~ "get$|add_tail|to_fwnode";
position p, q;
@@

 iter@q(node, ...)
 {
 ... when != \(of_node_put\|fwnode_handle_put\)(node)
     when != E = node
     when != E2 = keep(..., node, ...)
     when != device_set_node(...)
(
 return node;
|
 return keep(..., node, ...);
|
 return@p ...;
)
 ...
 }

@script:python@
p << node_return.p;
q << node_return.q;
node << node_return.node;
iter << node_return.iter;
@@
child_loop_report(p[0], q[0], node, iter, "return")

@node_goto exists@
iterator iter = {for_each_node_by_name, for_each_node_by_type, for_each_compatible_node, for_each_matching_node};
local idexpression node;
expression E, E2;
identifier keep =~ "get$|add_tail|to_fwnode";
identifier l;
position p, q;
@@

 iter@q(node, ...)
 {
 ... when != \(of_node_put\|fwnode_handle_put\)(node)
     when != E = node
     when != E2 = keep(..., node, ...)
     when != device_set_node(...)
 goto@p l;
 ...
 }
 ... when != node
 l:
 ... when != node
@script:python@
p << node_goto.p;
q << node_goto.q;
node << node_goto.node;
iter << node_goto.iter;
@@
child_loop_report(p[0], q[0], node, iter, "goto")
