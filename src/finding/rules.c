/*
 * The rule ids: part of the interface, never renamed. Titles stand alone in a list; the help says what is wrong, what
 * comes of it and what a fix looks like, in words that hold for every resource (which API does what is data in rules/).
 */
#include "finding/finding.h"

#include <string.h>

/* clang-format off: prose */
const struct finding_rule finding_rules[] = {
	{"leak/error-path", "resource not released on an error path",
	 "The function acquires a resource, a later step fails, and the error path returns without releasing "
	 "it. Each failure, for instance each deferred probe, loses the resource until reboot. Release it on "
	 "that path: usually the goto of this step must go to a label further up the unwind ladder, or the "
	 "variable can be declared with a cleanup attribute.",
	 401},
	{"leak/early-return", "resource not released when the function returns early",
	 "The function holds a resource and returns without releasing it or handing it to anybody, although it"
	 " did not fail. Every call loses one more. Release the resource before this return, as the other "
	 "paths do.",
	 401},
	{"leak/loop", "resource not released when a loop is left or goes round again",
	 "A loop acquires something in each round, or an iterator holds a reference for the current element, "
	 "and one way out of the loop does not give back what the finished rounds, or the current one, hold. "
	 "Undo the finished rounds before leaving, or use the scoped form of the iterator.",
	 401},
	{"leak/overwrite", "the only pointer to a resource is overwritten",
	 "The variable that holds the only reference to a resource gets a new value, so that nothing can "
	 "release the resource any more. Release it first, or keep the old value in a variable of its own "
	 "until the new one is known to be good.",
	 401},
	{"leak/remove", "resource acquired in probe is not released at removal",
	 "Probe succeeds and leaves a resource in the driver's data, and neither the remove callback nor a "
	 "managed action releases it. Each unbind, or each unloading of the module, loses it. Release it in "
	 "remove, in reverse order of acquisition, or acquire it managed.",
	 401},
	{"leak/open-release", "resource acquired by one callback is not released by its counterpart",
	 "A callback such as open or start acquires a resource, and the callback that undoes it (release, "
	 "stop) leaves it behind. Each cycle loses one more, and users can repeat the cycle at will. Release "
	 "the resource in the counterpart.",
	 401},
	{"free/double", "resource released twice",
	 "On this path the resource is released a second time: on an error path that the caller unwinds as "
	 "well, in a callee and again in its caller, or by hand and by the device core. The second release "
	 "corrupts the allocator or drops a reference that belongs to somebody else. Let exactly one place "
	 "release it.",
	 415},
	{"free/use-after", "resource used after its release",
	 "The object is used although this path has released it, possibly in a callee or in a callback that is"
	 " still armed. The memory may belong to somebody else by then. Move the use before the release, or "
	 "stop the user first.",
	 416},
	{"free/mismatch", "resource released by the wrong function",
	 "The function that releases the resource does not belong to the one that acquired it. The resource "
	 "stays allocated, or the allocator is corrupted. Use the counterpart of the acquiring function.",
	 762},
	{"free/err-ptr", "error pointer released",
	 "On this path the variable holds an encoded error, not an object, and the release function would use "
	 "it as an address. Return before the release, or check for an error pointer.",
	 763},
	{"free/managed", "managed resource released by an unmanaged function",
	 "The resource is managed: the device core releases it when the driver is unbound. Releasing it by "
	 "hand with the plain function makes the core release it again. Drop the call, or use the managed "
	 "counterpart.",
	 763},
	{"free/unowned", "resource released that is not owned here",
	 "The function releases something that its owner will release too: memory inside a larger allocation, "
	 "a static object, an object whose reference count decides. Leave the release to the owner, or drop a "
	 "reference instead.",
	 763},
	{"devm/open-path", "managed resource acquired in a path that runs repeatedly",
	 "Managed resources are released when the driver is unbound and not before. This path runs again and "
	 "again (open, start, resume, a control call), and adds one each time: memory grows until unbind. "
	 "Acquire it once in probe, or unmanaged with a release in the counterpart.",
	 401},
	{"devm/lifetime", "managed resource tied to the wrong lifetime",
	 "The resource is released when its device is unbound, but something that can live longer still "
	 "reaches it: an open file, a reference-counted object, another device. Use after release follows. Tie"
	 " it to the object that outlives the others.",
	 416},
	{"devm/order", "managed and unmanaged resources released in the wrong order",
	 "Managed resources are released after the remove callback returns. What remove releases by hand is "
	 "still in use then by a managed resource that was acquired later, for instance an interrupt handler. "
	 "Make both managed, or both unmanaged, so that release is the exact reverse of acquisition.",
	 416},
	{"devm/explicit-free", "managed resource released by hand",
	 "A managed resource is released explicitly on every path that ends its use, so managing it buys "
	 "nothing. Often the plain function is meant, or the explicit release can go.",
	 0},
	{"devm/candidate", "resource that the device could manage",
	 "Probe takes the resource, and both its error paths and remove release it by hand. Taken managed, "
	 "the device core releases it after a failed probe and after remove, and those calls, with the labels "
	 "that lead to them, can go. This is a suggestion, not a fault.",
	 0},
	{"check/unchecked", "result used without a check for failure",
	 "The call can fail, and its result is used without having been checked. Check it and give back what "
	 "has been acquired so far when it failed.",
	 252},
	{"check/null-vs-errptr", "wrong kind of check for failure",
	 "The function reports failure in one way (a null pointer, an encoded error) and the caller tests for "
	 "the other. The failure goes unnoticed, and the next use of the result crashes. Test for what the "
	 "function returns.",
	 253},
	{"check/redundant", "check that is not needed",
	 "The release function accepts what the test excludes, or the value was tested before. The test can "
	 "go.",
	 0},
	{"gfp/sleep-in-atomic", "sleeping call in atomic context",
	 "The call may sleep, and this context must not: a spinlock is held, interrupts are off, or the "
	 "function runs in an interrupt. The machine may hang. Use the flags for atomic context, or move the "
	 "call out of it.",
	 833},
	{"gfp/nofail", "allocation that must not fail requested by a driver",
	 "A driver asks the allocator never to fail. It may loop for ever under memory pressure. Handle the "
	 "failure.",
	 0},
	{"gfp/obsolete", "obsolete or invalid allocation flags",
	 "The allocation flags have no effect any more, contradict each other, or are not valid for this "
	 "allocator.",
	 0},
	{"gfp/dma", "legacy zone flag used for a DMA buffer",
	 "The zone flag does not mean what the device's DMA mask says. Use the DMA mapping interface, which "
	 "honours the mask.",
	 0},
	{"alloc/zero", "allocation followed by clearing it",
	 "The memory is allocated and then set to zero. The zeroing allocator does both, and leaves no window "
	 "in between.",
	 0},
	{"alloc/oversize", "allocation larger than the allocator can give",
	 "The size is over the limit of the allocator, or large enough that physically contiguous memory often"
	 " cannot be found. Use the allocator that falls back to virtually contiguous memory.",
	 789},
	{"alloc/wrong-size", "allocation has the size of something else",
	 "The size passed is that of a pointer or of another type than the one that the result is used as. "
	 "Write the size as that of the object pointed to.",
	 131},
	{"alloc/overflow", "size of an allocation may overflow",
	 "The size is a product or sum that can wrap, so that less is allocated than is used. Use the array "
	 "form of the allocator or the size helpers, which saturate.",
	 190},
	{"alloc/oom-message", "message after a failed allocation",
	 "The allocator has already logged the failure with a backtrace. The message can go.", 0},
	{"alloc/context", "allocation flags stricter than the context needs",
	 "The flags for atomic context are used where sleeping is allowed: the allocation fails more often "
	 "than it must.",
	 0},
	{NULL, NULL, NULL, 0},
};
/* clang-format on */

const struct finding_rule *finding_rule(const char *id)
{
	for (const struct finding_rule *r = finding_rules; r->id; r++)
		if (!strcmp(r->id, id))
			return r;
	return NULL;
}

bool finding_rule_advises(const char *id)
{
	return strcmp(id, "devm/candidate") == 0;
}
