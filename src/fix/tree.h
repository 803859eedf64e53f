/*
 * The statements of one function as a tree, read from its tokens alone: no types and no macros are known. A word with
 * parentheses that a statement follows is taken for a loop (for_each_...). Where the layout is not understood, there is
 * no tree, and nothing is repaired. Private to fix/.
 */
#ifndef FIX_TREE_H
#define FIX_TREE_H

#include "fix/source.h"

enum stmt_kind {
	STMT_PLAIN, /* expression or declaration */
	STMT_BLOCK,
	STMT_IF,
	STMT_LOOP,
	STMT_SWITCH,
	STMT_GUARD, /* a macro with a body that is no loop */
	STMT_LABEL, /* a statement of its own: what it labels comes next */
	STMT_CASE,
	STMT_RETURN,
	STMT_GOTO,
	STMT_BREAK,
	STMT_CONTINUE,
};

struct stmt {
	enum stmt_kind kind;
	unsigned int first, last; /* tokens, both included */
	unsigned int close;	  /* IF, LOOP, SWITCH, GUARD: the ')' of its head */
	struct stmt *parent, *next, *prev;
	struct stmt *body;  /* BLOCK: its first statement; others: what they control */
	struct stmt *other; /* IF: else */
};

struct function {
	unsigned int name; /* token */
	struct stmt *body;
};

/* The function whose body or head holds the line; NULL: there is none, or its layout is not understood. */
const struct function *stmt_function_at(struct source *s, unsigned int line);
/* The function of this name, NULL like above. */
const struct function *stmt_function_named(struct source *s, const char *name);
/* The innermost statement that holds the token. */
struct stmt *stmt_at(const struct function *f, unsigned int token);
/* Does a break, continue, goto or return end it (as its last statement)? That one, or NULL. */
struct stmt *stmt_jump_of(struct stmt *s);
/* The label of this name; NULL. `word`: the token that names it. */
struct stmt *stmt_label(const struct function *f, const struct source *s, unsigned int word);
struct stmt *stmt_last(struct stmt *block);
/* Is the inner statement the outer one, or part of it? */
bool stmt_holds(const struct stmt *outer, const struct stmt *inner);
/* The loop around a statement, or the statement itself if it is one; NULL. */
struct stmt *stmt_loop_of(struct stmt *s);
/* Does a jump leave the loop from inside? */
bool stmt_has_break(struct stmt *loop);
bool stmt_is_declaration(const struct source *s, const struct stmt *t);
/* The last word of a call's arguments: "parent" of put_device(dev->parent). */
unsigned int stmt_last_word(const struct source *s, const struct stmt *call);
/* Does it say what the arguments of the call, or the condition of the `if`, mean from now on? */
bool stmt_changes_arguments(const struct source *s, const struct stmt *t, const struct stmt *call);
/* Does control leave the block in it, or come in from elsewhere? */
bool stmt_breaks_flow(const struct stmt *t);
/* The next statement of the function as it is written, going into bodies; NULL after the last. */
struct stmt *stmt_after(struct stmt *s);

#endif
