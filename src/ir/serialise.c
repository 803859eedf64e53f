/*
 * A unit as a blob and back. Each structure is described once, by a function that runs in both directions: writing
 * it appends the members, reading it fills them in, so the two cannot disagree.
 *
 * Blob: magic, version, length, then one zstd frame (with checksum) of LEB128 numbers. A string is its index in the
 * order of first use, followed by its bytes when it is new. Cost: about a byte per small member before compression.
 */
#include "ir/ir.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { VERSION = 3, LEVEL = 3, MAX_RAW = 1 << 30 };

struct header {
	char magic[4];
	uint32_t version; /* IR_OP_COUNT included: a new opcode shifts the others */
	uint64_t raw;	  /* bytes after decompression */
};

struct codec {
	bool reading, bad;
	/* writing */
	GByteArray *out;
	GHashTable *known; /* string -> index + 1 */
	/* reading */
	const uint8_t *p, *end;
	struct ir_unit *unit;
	GPtrArray *strings;
};

static struct header header_for(uint64_t raw)
{
	return (struct header){{'D', 'R', 'V', 'I'}, VERSION << 16 | IR_OP_COUNT, raw};
}

static void put(struct codec *c, uint64_t v)
{
	uint8_t bytes[10];
	guint n = 0;

	do {
		bytes[n] = (v & 0x7f) | (v > 0x7f ? 0x80 : 0);
		v >>= 7;
		n++;
	} while (v);
	g_byte_array_append(c->out, bytes, n);
}

static uint64_t get(struct codec *c)
{
	uint64_t v = 0;

	for (int shift = 0; shift < 64 && c->p < c->end; shift += 7) {
		uint8_t byte = *c->p++;

		v |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return v;
	}
	c->bad = true;
	return 0;
}

static void code_u32(struct codec *c, uint32_t *v)
{
	/* IR_NONE is common: +1 makes it 0, a single byte. */
	if (c->reading)
		*v = (uint32_t)(get(c) - 1);
	else
		put(c, (uint32_t)(*v + 1));
}

static void code_i64(struct codec *c, int64_t *v)
{
	uint64_t z;

	if (!c->reading) {
		put(c, (uint64_t)*v << 1 ^ (uint64_t)(*v >> 63));
		return;
	}
	z = get(c);
	*v = (int64_t)(z >> 1 ^ (~(z & 1) + 1));
}

static void code_bool(struct codec *c, bool *v)
{
	if (c->reading)
		*v = get(c) != 0;
	else
		put(c, *v);
}

static const char *get_new_string(struct codec *c)
{
	uint64_t n = get(c);
	const char *s;
	char *copy;

	if (c->bad || n > (uint64_t)(c->end - c->p)) {
		c->bad = true;
		return NULL;
	}
	copy = g_strndup((const char *)c->p, n);
	c->p += n;
	s = intern_str(c->unit->strings, copy);
	g_free(copy);
	g_ptr_array_add(c->strings, (gpointer)s);
	return s;
}

/* 0: NULL; otherwise index + 1. */
static void code_str(struct codec *c, const char **s)
{
	if (c->reading) {
		uint64_t index = get(c);

		if (index == 0 || c->bad)
			*s = NULL;
		else if (index <= c->strings->len)
			*s = g_ptr_array_index(c->strings, index - 1);
		else
			*s = get_new_string(c);
		return;
	}
	if (!*s) {
		put(c, 0);
		return;
	}
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(c->known, *s));

	if (index) {
		put(c, index);
		return;
	}
	index = g_hash_table_size(c->known) + 1;
	g_hash_table_insert(c->known, (gpointer)*s, GUINT_TO_POINTER(index));
	put(c, index);
	put(c, strlen(*s));
	g_byte_array_append(c->out, (const guint8 *)*s, (guint)strlen(*s));
}

/* Length of an array, and when reading its memory. Every element takes a byte or more, which bounds a damaged length.
 */
static void *code_array(struct codec *c, void *old, uint32_t *n, size_t element)
{
	if (!c->reading) {
		put(c, *n);
		return old;
	}
	uint64_t count = get(c);

	if (c->bad || count > (uint64_t)(c->end - c->p)) {
		c->bad = true;
		count = 0;
	}
	*n = (uint32_t)count;
	return arena_alloc(c->unit->arena, element * count);
}

#define CODE_ARRAY(c, array, n, code)                                               \
	do {                                                                        \
		(array) = code_array((c), (void *)(array), &(n), sizeof(*(array))); \
		for (uint32_t i_ = 0; i_ < (n) && !(c)->bad; i_++)                  \
			code((c), &(array)[i_]);                                    \
	} while (0)

/* Enums are small; the type differs, so it goes by value. */
static unsigned int code_enum(struct codec *c, unsigned int v, unsigned int last)
{
	if (!c->reading) {
		put(c, v);
		return v;
	}
	v = (unsigned int)get(c);
	if (v <= last)
		return v;
	c->bad = true;
	return 0;
}

static void code_loc(struct codec *c, struct ir_loc *l)
{
	code_u32(c, &l->file);
	code_u32(c, &l->line);
	code_u32(c, &l->column);
}

static void code_type(struct codec *c, struct ir_type *t)
{
	t->kind = code_enum(c, t->kind, IR_T_OTHER);
	code_bool(c, &t->is_signed);
	code_bool(c, &t->is_const);
	code_bool(c, &t->is_union);
	code_bool(c, &t->is_bool);
	code_i64(c, &t->size);
	code_i64(c, &t->count);
	code_u32(c, &t->target);
	code_str(c, &t->name);
}

static void code_ins(struct codec *c, struct ir_ins *in)
{
	in->op = code_enum(c, in->op, IR_OP_COUNT - 1);
	code_u32(c, &in->type);
	code_loc(c, &in->loc);
	code_loc(c, &in->spelling);
	code_u32(c, &in->a[0]);
	code_u32(c, &in->a[1]);
	code_u32(c, &in->sym);
	code_i64(c, &in->imm);
	code_str(c, &in->str);
	code_str(c, &in->macro);
	CODE_ARRAY(c, in->args, in->n_args, code_u32);
}

static void code_case(struct codec *c, struct ir_case *s)
{
	code_i64(c, &s->lo);
	code_i64(c, &s->hi);
}

static void code_block(struct codec *c, struct ir_block *b)
{
	uint32_t n = b->n_cases;

	code_u32(c, &b->first);
	code_u32(c, &b->n);
	CODE_ARRAY(c, b->succ, b->n_succ, code_u32);
	CODE_ARRAY(c, b->pred, b->n_pred, code_u32);
	CODE_ARRAY(c, b->cases, b->n_cases, code_case);
	CODE_ARRAY(c, b->case_succ, n, code_u32);
	if (n != b->n_cases)
		c->bad = true;
}

static void code_local(struct codec *c, struct ir_local *l)
{
	code_str(c, &l->name);
	code_u32(c, &l->type);
	code_loc(c, &l->loc);
	code_bool(c, &l->is_param);
}

static void code_function(struct codec *c, struct ir_function *f)
{
	code_str(c, &f->name);
	code_str(c, &f->key);
	code_u32(c, &f->type);
	code_loc(c, &f->loc);
	code_loc(c, &f->end);
	code_bool(c, &f->is_static);
	code_bool(c, &f->is_inline);
	code_bool(c, &f->is_variadic);
	code_bool(c, &f->is_noreturn);
	code_bool(c, &f->has_body);
	code_bool(c, &f->in_main_file);
	code_bool(c, &f->address_taken);
	CODE_ARRAY(c, f->param_types, f->n_params, code_u32);
	CODE_ARRAY(c, f->locals, f->n_locals, code_local);
	CODE_ARRAY(c, f->ins, f->n_ins, code_ins);
	CODE_ARRAY(c, f->blocks, f->n_blocks, code_block);
	code_u32(c, &f->n_unknown);
}

static void code_init(struct codec *c, struct ir_init *in)
{
	code_i64(c, &in->offset);
	code_str(c, &in->record);
	code_str(c, &in->member);
	in->kind = code_enum(c, in->kind, IR_INIT_STR);
	code_i64(c, &in->value);
	code_u32(c, &in->sym);
	code_str(c, &in->str);
}

static void code_global(struct codec *c, struct ir_global *g)
{
	code_str(c, &g->name);
	code_str(c, &g->key);
	code_u32(c, &g->type);
	code_loc(c, &g->loc);
	code_bool(c, &g->is_static);
	code_bool(c, &g->is_extern);
	code_bool(c, &g->is_const);
	code_bool(c, &g->whole);
	CODE_ARRAY(c, g->inits, g->n_inits, code_init);
}

static void code_unit(struct codec *c, struct ir_unit *u)
{
	code_str(c, &u->path);
	CODE_ARRAY(c, u->files, u->n_files, code_str);
	CODE_ARRAY(c, u->types, u->n_types, code_type);
	CODE_ARRAY(c, u->globals, u->n_globals, code_global);
	CODE_ARRAY(c, u->functions, u->n_functions, code_function);
	code_u32(c, &u->n_unknown);
	if (c->reading && c->p == c->end) /* whole, and written before anything could be left out */
		return;
	CODE_ARRAY(c, u->left_out, u->n_left_out, code_str);
}

static void *compress(const GByteArray *raw, size_t *size)
{
	struct header h = header_for(raw->len);
	size_t room = ZSTD_compressBound(raw->len), n;
	uint8_t *blob = malloc(sizeof(h) + room);
	ZSTD_CCtx *z = ZSTD_createCCtx();

	if (!blob || !z)
		abort();
	memcpy(blob, &h, sizeof(h));
	ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
	n = ZSTD_compress2(z, blob + sizeof(h), room, raw->data, raw->len);
	ZSTD_freeCCtx(z);
	if (ZSTD_isError(n))
		abort();
	*size = sizeof(h) + n;
	return blob;
}

void *ir_write(const struct ir_unit *u, size_t *size)
{
	struct codec c = {.out = g_byte_array_new(), .known = g_hash_table_new(g_direct_hash, g_direct_equal)};
	struct ir_unit copy = *u; /* code_unit() assigns array members, when writing to what they already are */
	void *blob;

	code_unit(&c, &copy);
	blob = compress(c.out, size);
	g_byte_array_unref(c.out);
	g_hash_table_unref(c.known);
	return blob;
}

static uint8_t *decompress(const void *blob, size_t size, size_t *raw)
{
	struct header h, want = header_for(0);
	uint8_t *data;

	if (size < sizeof(h))
		return NULL;
	memcpy(&h, blob, sizeof(h));
	if (memcmp(h.magic, want.magic, sizeof(h.magic)) != 0 || h.version != want.version || h.raw > MAX_RAW)
		return NULL;
	data = g_try_malloc(h.raw + 1);
	if (data &&
	    ZSTD_decompress(data, h.raw, (const uint8_t *)blob + sizeof(h), size - sizeof(h)) != (size_t)h.raw) {
		g_free(data);
		return NULL;
	}
	*raw = h.raw;
	return data;
}

struct ir_unit *ir_read(struct arena *a, const void *blob, size_t size)
{
	struct codec c = {.reading = true};
	size_t raw = 0;
	uint8_t *data = decompress(blob, size, &raw);

	if (!data)
		return NULL;
	c.p = data;
	c.end = data + raw;
	c.unit = ARENA_NEW(a, struct ir_unit);
	c.unit->arena = a;
	c.unit->strings = intern_new(a);
	c.strings = g_ptr_array_new();
	code_unit(&c, c.unit);
	g_ptr_array_unref(c.strings);
	if (c.p != c.end)
		c.bad = true;
	g_free(data);
	return c.bad ? NULL : c.unit;
}
