/* The details of findings for the HTML report: the path, the source around its steps, the mail. */
#include "report/html.h"

#include "report/json.h"
#include "report/mail.h"
#include "report/patches.h"
#include "report/source.h"

#include <gio/gio.h>
#include <string.h>

/* Lines shown around a step, and the largest hole between two steps that is shown rather than skipped. */
enum { AROUND = 7, HOLE = 6 };

struct place {
	const char *file;
	unsigned int line;
};

static json_t *events_json(const struct finding *f)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];
		json_t *o = json_array();

		json_array_append_new(o, json_text(e->kind));
		json_array_append_new(o, json_text(e->file));
		json_array_append_new(o, json_integer(e->line));
		json_array_append_new(o, json_integer(e->column));
		json_array_append_new(o, json_text(e->message));
		json_array_append_new(all, o);
	}
	return all;
}

static gint compare_places(gconstpointer x, gconstpointer y)
{
	const struct place *a = x, *b = y;
	int c = strcmp(a->file, b->file);

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

/* The places to show, sorted; the finding's own file first is the page's business. */
static GArray *places_of(const struct finding *f)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
	struct place own = {f->file, f->line};

	g_array_append_val(places, own);
	for (uint32_t i = 0; i < f->n_events; i++) {
		struct place p = {f->events[i].file, f->events[i].line};

		if (p.line)
			g_array_append_val(places, p);
	}
	g_array_sort(places, compare_places);
	return places;
}

/* [file, first, [lines]] for the lines that exist; NULL when there is none. */
static json_t *piece_json(struct source_cache *sources, const char *file, unsigned int first, unsigned int last)
{
	json_t *lines = json_array(), *piece;

	for (unsigned int n = first; n <= last; n++) {
		const char *text = source_line(sources, file, n);

		if (!text)
			break;
		json_array_append_new(lines, json_text(text));
	}
	if (!json_array_size(lines)) {
		json_decref(lines);
		return NULL;
	}
	piece = json_array();
	json_array_append_new(piece, json_text(file));
	json_array_append_new(piece, json_integer(first));
	json_array_append_new(piece, lines);
	return piece;
}

static unsigned int before(unsigned int line)
{
	return line > AROUND ? line - AROUND : 1;
}

/* Pieces of the files in `places` from index `i` on that belong to one file; returns the index after. */
static unsigned int add_file(json_t *all, struct source_cache *sources, const GArray *places, unsigned int i)
{
	const struct place *p = &g_array_index(places, struct place, i);
	unsigned int first = before(p->line), last = p->line + AROUND;
	json_t *piece;

	for (i++; i < places->len; i++) {
		const struct place *next = &g_array_index(places, struct place, i);

		if (strcmp(next->file, p->file) || before(next->line) > last + HOLE)
			break;
		last = next->line + AROUND;
	}
	piece = piece_json(sources, p->file, first, last);
	if (piece)
		json_array_append_new(all, piece);
	return i;
}

static json_t *source_json(const struct finding *f, struct source_cache *sources)
{
	GArray *places = places_of(f);
	json_t *own = json_array(), *others = json_array();

	for (unsigned int i = 0; i < places->len;) {
		bool mine = !strcmp(g_array_index(places, struct place, i).file, f->file);

		i = add_file(mine ? own : others, sources, places, i);
	}
	json_array_extend(own, others);
	json_decref(others);
	g_array_free(places, TRUE);
	return own;
}

static json_t *detail_json(const struct finding *f, const struct store_run *run, struct source_cache *sources,
			   GHashTable *patches)
{
	g_autofree char *subject = mail_subject(f), *body = mail_body(f, run, sources);
	json_t *o = json_array();

	json_array_append_new(o, events_json(f));
	json_array_append_new(o, source_json(f, sources));
	json_array_append_new(o, json_text(subject));
	json_array_append_new(o, json_text(body));
	if (g_hash_table_contains(patches, f->fingerprint))
		json_array_append_new(o, json_text(g_hash_table_lookup(patches, f->fingerprint)));
	return o;
}

/* The file's time stamp stays 0: equal findings give equal bytes. */
static GByteArray *gzip(const char *text)
{
	g_autoptr(GZlibCompressor) c = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
	g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
	g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(c));
	GByteArray *out = g_byte_array_new();

	/* Memory cannot fail to be written. */
	g_output_stream_write_all(stream, text, strlen(text), NULL, NULL, NULL);
	g_output_stream_close(stream, NULL, NULL);
	g_byte_array_append(out, g_memory_output_stream_get_data(G_MEMORY_OUTPUT_STREAM(memory)),
			    g_memory_output_stream_get_data_size(G_MEMORY_OUTPUT_STREAM(memory)));
	return out;
}

static void write_packet(FILE *out, unsigned int number, json_t *details)
{
	g_autofree char *text = json_dumps(details, JSON_COMPACT), *base64 = NULL;
	g_autoptr(GByteArray) bytes = gzip(text);

	base64 = g_base64_encode(bytes->data, bytes->len);
	fprintf(out, "<script type=\"text/plain\" id=\"packet%u\">%s</script>\n", number, base64);
	json_decref(details);
}

void html_write_packets(FILE *out, const struct store_run *run, const struct finding_list *l,
			const struct report_options *opt)
{
	struct source_cache *sources = source_cache_of(opt);
	GHashTable *patches = report_patches(opt->fixes);

	for (unsigned int first = 0; first < l->all.n; first += HTML_PACKET) {
		json_t *details = json_array();

		for (unsigned int i = first; i < l->all.n && i < first + HTML_PACKET; i++)
			json_array_append_new(details, detail_json(&l->all.v[i], run, sources, patches));
		write_packet(out, first / HTML_PACKET, details);
	}
	g_hash_table_destroy(patches);
	source_cache_free(sources);
}
