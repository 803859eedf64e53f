/* Repairs: edits, tokens, statements, kernel style, diffs. What is repaired how: tests/fix. */
#include "fix/edit.h"
#include "fix/fix.h"
#include "fix/repair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char code[] = "static int first(struct foo *f)\n"
			   "{\n"
			   "#ifdef X /* { */\n"
			   "\tint ret;\n"
			   "#endif\n"
			   "\tfor_each_thing(f, t) {\n"
			   "\t\tif (t->a)\n"
			   "\t\t\tbreak; // done }\n"
			   "\t\telse\n"
			   "\t\t\tuse(\"}\");\n"
			   "\t}\n"
			   "\tswitch (f->x) {\n"
			   "\tcase 1:\n"
			   "\t\tgoto out;\n"
			   "\t}\n"
			   "out:\n"
			   "\treturn ret;\n"
			   "}\n"
			   "\n"
			   "int second(void)\n"
			   "{\n"
			   "\treturn 0;\n"
			   "}\n";

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void test_edits_keep_their_order(void **state)
{
	struct edits e = {.arena = *state};

	edit_insert(&e, 6, "!");
	edit_replace(&e, 0, 1, "J");
	edit_insert(&e, 6, "?");
	assert_string_equal(edits_apply(&e, "Hello world"), "Jello !?world");
}

static void test_edits_that_overlap_are_refused(void **state)
{
	struct edits e = {.arena = *state};

	edit_replace(&e, 0, 4, "a");
	edit_replace(&e, 3, 6, "b");
	assert_null(edits_apply(&e, "Hello world"));
}

static void test_tokens(void **state)
{
	struct source *s = source_read(*state, code);
	unsigned int i = token_at(s, 10, 4);

	assert_true(token_is(s, i, "use"));
	assert_true(token_is(s, i + 2, "\"}\""));
	assert_int_equal(s->tokens[i].line, 10);
	assert_true(token_is(s, token_close(s, i + 1), ")"));
	assert_string_equal(source_slice(s, i, i + 4), "use(\"}\");");
	assert_string_equal(source_indent(s, i), "\t\t\t");
	for (unsigned int k = 0; k < s->n; k++)
		assert_false(token_is(s, k, "ifdef"));
}

static void test_statements(void **state)
{
	struct source *s = source_read(*state, code);
	const struct function *f = stmt_function_at(s, 8);
	struct stmt *brk, *go;

	assert_non_null(f);
	assert_true(token_is(s, f->name, "first"));
	brk = stmt_at(f, token_at(s, 8, 4));
	assert_int_equal(brk->kind, STMT_BREAK);
	assert_int_equal(brk->parent->kind, STMT_IF);
	assert_non_null(brk->parent->other);
	assert_int_equal(brk->parent->parent->parent->kind, STMT_LOOP);
	assert_ptr_equal(stmt_jump_of(brk->parent->body), brk);
	assert_null(stmt_jump_of(brk->parent->other));
	go = stmt_at(f, token_at(s, 14, 3));
	assert_int_equal(go->kind, STMT_GOTO);
	assert_int_equal(stmt_label(f, s, go->first + 1)->kind, STMT_LABEL);
	assert_int_equal(stmt_last(f->body)->kind, STMT_RETURN);
}

static void test_functions_by_line_and_name(void **state)
{
	struct source *s = source_read(*state, code);

	assert_true(token_is(s, stmt_function_at(s, 22)->name, "second"));
	assert_non_null(stmt_function_named(s, "second"));
	assert_null(stmt_function_named(s, "third"));
	assert_null(stmt_function_at(s, 19));
}

static void test_unbalanced_functions_have_no_tree(void **state)
{
	struct source *s = source_read(*state, "int f(void)\n{\n\tif (x) {\n\treturn 0;\n}\n");

	assert_null(stmt_function_at(s, 4));
}

static void test_every_statement_is_visited_once(void **state)
{
	struct source *s = source_read(*state, code);
	int n = 0, gotos = 0;

	for (struct stmt *t = stmt_function_at(s, 1)->body; t; t = stmt_after(t)) {
		n++;
		gotos += t->kind == STMT_GOTO;
	}
	assert_int_equal(gotos, 1);
	/* body, int ret, for_each, its block, if, break, use, switch, its block, case, goto, label, return */
	assert_int_equal(n, 13);
}

static void test_long_calls_are_broken_at_commas(void **state)
{
	static const char call[] =
		"ret = dev_err_probe(&pdev->dev, PTR_ERR(priv->regs), \"no, no regs at all\", priv->id);";

	assert_string_equal(layout_line(*state, "\t", "kfree(p);"), "kfree(p);");
	assert_string_equal(layout_line(*state, "\t", call), "ret = dev_err_probe(&pdev->dev, PTR_ERR(priv->regs),\n"
							     "\t\t\t    \"no, no regs at all\", priv->id);");
}

static void test_diffs_apply(void **state)
{
	GError *err = NULL;
	char *diff = fix_diff("drivers/a.c", "one\ntwo\n", "one\n2\n", &err);

	(void)state;
	assert_non_null(diff);
	assert_true(g_str_has_prefix(diff, "--- a/drivers/a.c\n+++ b/drivers/a.c\n@@"));
	assert_true(fix_diff_applies(diff, "drivers/a.c", "one\ntwo\n", "one\n2\n", &err));
	assert_false(fix_diff_applies(diff, "drivers/a.c", "one\nthree\n", "one\n2\n", &err));
	assert_non_null(err);
	g_error_free(err);
	g_free(diff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_edits_keep_their_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_edits_that_overlap_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_tokens, setup, teardown),
		cmocka_unit_test_setup_teardown(test_statements, setup, teardown),
		cmocka_unit_test_setup_teardown(test_functions_by_line_and_name, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unbalanced_functions_have_no_tree, setup, teardown),
		cmocka_unit_test_setup_teardown(test_every_statement_is_visited_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_calls_are_broken_at_commas, setup, teardown),
		cmocka_unit_test(test_diffs_apply),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
