/* Summaries as text. */
#include "engine/context.h"
#include "engine/portable.h"

#include <string.h>

static const char *text(struct engine *e, uint32_t sym)
{
	const char *t = sym ? pool_text(e->pool, e->arena, sym) : NULL;

	return t ? t : "?";
}

static void dump_case(FILE *out, struct engine *e, const struct sum_case *c)
{
	static const char *const class_names[] = {"success", "error", "void"};

	fprintf(out, "  case %s", class_names[c->class]);
	if (c->ret)
		fprintf(out, " returns %s [%lld, %lld]", text(e, c->ret), (long long)c->ret_range.lo,
			(long long)c->ret_range.hi);
	context_dump(out, c->atomic);
	fputc('\n', out);
	for (unsigned int i = 0; i < c->pre.n; i++)
		fprintf(out, "    when %s in [%lld, %lld]%s\n", text(e, c->pre.v[i].sym),
			(long long)c->pre.v[i].range.lo, (long long)c->pre.v[i].range.hi,
			c->pre.v[i].range.not_zero ? " not 0" : "");
	for (unsigned int i = 0; i < c->writes.n; i++)
		fprintf(out, "    write %s = %s\n",
			text(e, sym_addr(e->pool, c->writes.v[i].obj, c->writes.v[i].offset)),
			text(e, c->writes.v[i].value));
	for (unsigned int i = 0; i < c->resources.n; i++) {
		const struct sum_resource *r = &c->resources.v[i];

		fprintf(out, "    %s %s%s%s%s%s\n", r->delta > 0 ? "takes" : "releases", text(e, r->key),
			r->family ? " " : "", r->family ? r->family->name : "", r->api ? " by " : "",
			r->api ? r->api : "");
	}
	for (unsigned int i = 0; i < c->given.n; i++)
		fprintf(out, "    %s %s\n",
			c->given.v[i].how == GIVEN_COUNTED    ? "drops a count of"
			: c->given.v[i].how == GIVEN_CONTENTS ? "copies"
							      : "gives away",
			c->given.v[i].family ? c->given.v[i].family->name : text(e, c->given.v[i].key));
}

static void dump_summary(FILE *out, struct engine *e, const char *name, const struct summary *s)
{
	fprintf(out, "%s: %u cases\n", name, s ? s->cases.n : 0);
	for (unsigned int k = 0; s && k < s->sleeps.n; k++)
		context_dump_sleep(out, e, s->sleeps.v[k]);
	for (unsigned int k = 0; s && k < s->cases.n; k++)
		dump_case(out, e, &s->cases.v[k]);
}

void engine_dump_summaries(FILE *out, const struct ir_unit *u, const struct model *m, const char *function)
{
	struct arena *a = arena_new();
	struct engine_stats stats = {0};
	struct finding_list findings = {.arena = a};
	struct engine e = {.out = &findings, .stats = &stats};

	engine_prepare(&e, a, u, m, NULL);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		const struct ir_function *f = &u->functions[i];
		const struct summary *s;

		if (!f->has_body || (function ? strcmp(f->name, function) != 0 : !f->in_main_file))
			continue;
		s = engine_summary(&e, i);
		dump_summary(out, &e, f->name, s);
	}
	engine_finish(&e);
	arena_free(a);
}

/* Nothing but its declaration is known of the function's unit: its parameters are called by number. */
static void name_parameters(struct engine *e)
{
	for (uint32_t i = 0; i < 16; i++) {
		uint32_t addr = sym_addr(e->pool, obj_local(e->pool, 0, i), 0);

		pool_name_place(e->pool, addr, 0, arena_printf(e->arena, "arg%u", i));
		pool_name_value(e->pool, sym_param(e->pool, 0, i, range_any), addr);
	}
}

bool engine_dump_remembered(FILE *out, const struct model *m, const char *function, const void *bytes, size_t size)
{
	struct arena *a = arena_new();
	struct ir_function f = {.name = function, .key = function, .type = IR_NONE};
	struct ir_unit u = {.arena = a, .functions = &f, .n_functions = 1};
	struct engine_stats stats = {0};
	struct finding_list findings = {.arena = a};
	struct engine e = {.out = &findings, .stats = &stats};
	const struct summary *s;

	engine_prepare(&e, a, &u, m, NULL);
	name_parameters(&e);
	s = summary_read(&e, 0, bytes, size);
	if (s)
		dump_summary(out, &e, function, s);
	engine_finish(&e);
	arena_free(a);
	return s != NULL;
}
