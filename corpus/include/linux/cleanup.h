/* Scope-based cleanup: what a variable holds is given back when it goes out of scope. */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/err.h>

/* DEFINE_FREE(name, type, statement on _T); then: type var __free(name) = ...; */
#define DEFINE_FREE(name, type, statement)                \
	static inline void __free_##name(void *scope_var) \
	{                                                 \
		type _T = *(type *)scope_var;             \
		statement;                                \
	}
#define __free(name) __cleanup(__free_##name)

/* Takes the pointer out of the variable, so that leaving the scope does nothing. */
#define no_free_ptr(p)                                   \
	({                                               \
		__typeof__(p) *scope_slot = &(p);        \
		__typeof__(p) scope_taken = *scope_slot; \
		*scope_slot = NULL;                      \
		scope_taken;                             \
	})
#define return_ptr(p) return no_free_ptr(p)

/* DEFINE_CLASS(name, type, exit statement on _T, init expression, parameters of init); then: CLASS(name, var)(args); */
#define DEFINE_CLASS(name, type, exit, init, ...)                     \
	typedef type class_##name##_t;                                \
	static inline void class_##name##_destructor(type *scope_var) \
	{                                                             \
		type _T = *scope_var;                                 \
		exit;                                                 \
	}                                                             \
	static inline type class_##name##_constructor(__VA_ARGS__)    \
	{                                                             \
		type scope_init = init;                               \
		return scope_init;                                    \
	}
#define CLASS(name, var) class_##name##_t var __cleanup(class_##name##_destructor) = class_##name##_constructor

#define DEFINE_GUARD(name, type, lock, unlock)      \
	DEFINE_CLASS(                               \
		name, type, if (_T) { unlock; }, ({ \
			lock;                       \
			_T;                         \
		}),                                 \
		type _T)

#define SCOPE_PASTE2(a, b) a##b
#define SCOPE_PASTE(a, b) SCOPE_PASTE2(a, b)
#define guard(name) __maybe_unused CLASS(name, SCOPE_PASTE(scope_guard_, __COUNTER__))
#define scoped_guard(name, args...) \
	for (CLASS(name, scope)(args), *scope_done = NULL; !scope_done; scope_done = (void *)1)

#endif
