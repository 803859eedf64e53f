/*
 * From a gcc or clang kernel command to flags for libclang. What decides how the source reads stays: macros, include
 * paths, language and ABI options. Output, dependencies, warnings, instrumentation and tuning go, so that units which
 * differ only in those end up with equal flags. All paths become absolute: libclang needs no working directory.
 */
#include "cdb/internal.h"

#include <string.h>

enum flag_use {
	FLAG_DROP,
	FLAG_KEEP,
	FLAG_PATH,     /* followed by, or joined with, a path that is made absolute */
	FLAG_SANITIZE, /* only its visible effect stays, a predefined macro */
	FLAG_WP,       /* options for the preprocessor, separated by commas */
	FLAG_XCLANG,   /* hides one option of clang's own */
};

enum flag_form {
	EXACT,	  /* the whole word */
	PREFIX,	  /* the word starts with it */
	SEPARATE, /* the whole word, its argument is the next one */
	EITHER,	  /* SEPARATE if it is the whole word, else the argument is joined */
};

struct flag_rule {
	const char *text;
	enum flag_form form;
	enum flag_use use;
};

/* First match decides; words that start with '-' and match nothing are dropped, and so are input files. */
static const struct flag_rule flag_rules[] = {
	{"-o", EITHER, FLAG_DROP},
	{"-MF", EITHER, FLAG_DROP},
	{"-MT", EITHER, FLAG_DROP},
	{"-MQ", EITHER, FLAG_DROP},
	{"-mllvm", SEPARATE, FLAG_DROP},
	{"--param", SEPARATE, FLAG_DROP},
	{"-Xassembler", SEPARATE, FLAG_DROP},
	{"-Xlinker", SEPARATE, FLAG_DROP},
	{"-Xpreprocessor", SEPARATE, FLAG_DROP},
	{"-Xclang", SEPARATE, FLAG_XCLANG},
	{"-dumpbase", SEPARATE, FLAG_DROP},
	{"-dumpdir", SEPARATE, FLAG_DROP},
	{"-aux-info", SEPARATE, FLAG_DROP},
	{"-wrapper", SEPARATE, FLAG_DROP},
	{"-T", EITHER, FLAG_DROP},
	{"-Wp,", PREFIX, FLAG_WP},

	{"-D", EITHER, FLAG_KEEP},
	{"-U", EITHER, FLAG_KEEP},
	{"-x", EITHER, FLAG_KEEP},
	{"-include", SEPARATE, FLAG_PATH},
	{"-imacros", SEPARATE, FLAG_PATH},
	{"-isystem", EITHER, FLAG_PATH},
	{"-iquote", EITHER, FLAG_PATH},
	{"-idirafter", EITHER, FLAG_PATH},
	{"-isysroot", EITHER, FLAG_PATH},
	{"-I", EITHER, FLAG_PATH},
	{"--sysroot=", PREFIX, FLAG_KEEP},
	{"-nostdinc", EXACT, FLAG_KEEP},
	{"-nostdlibinc", EXACT, FLAG_KEEP},
	{"-undef", EXACT, FLAG_KEEP},
	{"-ansi", EXACT, FLAG_KEEP},
	{"-std=", PREFIX, FLAG_KEEP},
	{"-O", PREFIX, FLAG_KEEP},
	{"-target", SEPARATE, FLAG_KEEP},
	{"--target=", PREFIX, FLAG_KEEP},
	{"-pthread", EXACT, FLAG_DROP},

	{"-fsanitize=", PREFIX, FLAG_SANITIZE},
	{"-funsigned-char", EXACT, FLAG_KEEP},
	{"-fsigned-char", EXACT, FLAG_KEEP},
	{"-fno-signed-char", EXACT, FLAG_KEEP},
	{"-fno-unsigned-char", EXACT, FLAG_KEEP},
	{"-fshort-wchar", EXACT, FLAG_KEEP},
	{"-fshort-enums", EXACT, FLAG_KEEP},
	{"-fno-short-enums", EXACT, FLAG_KEEP},
	{"-ffreestanding", EXACT, FLAG_KEEP},
	{"-fhosted", EXACT, FLAG_KEEP},
	{"-fbuiltin", PREFIX, FLAG_KEEP},
	{"-fno-builtin", PREFIX, FLAG_KEEP},
	{"-fms-extensions", EXACT, FLAG_KEEP},
	{"-fno-ms-extensions", EXACT, FLAG_KEEP},
	{"-fms-anonymous-structs", EXACT, FLAG_DROP}, /* not known to clang 19 */
	{"-fcommon", EXACT, FLAG_KEEP},
	{"-fno-common", EXACT, FLAG_KEEP},
	{"-fwrapv", EXACT, FLAG_KEEP},
	{"-fno-strict-overflow", EXACT, FLAG_KEEP},
	{"-fstrict-flex-arrays", PREFIX, FLAG_KEEP},
	{"-fno-PIE", EXACT, FLAG_KEEP},
	{"-fno-pie", EXACT, FLAG_KEEP},
	{"-fno-PIC", EXACT, FLAG_KEEP},
	{"-fno-pic", EXACT, FLAG_KEEP},
	{"-fPIE", EXACT, FLAG_KEEP},
	{"-fpie", EXACT, FLAG_KEEP},
	{"-fPIC", EXACT, FLAG_KEEP},
	{"-fpic", EXACT, FLAG_KEEP},
	{"-fgnu89-inline", EXACT, FLAG_KEEP},
	{"-fno-asm", EXACT, FLAG_KEEP},
	{"-fcf-protection", PREFIX, FLAG_KEEP},

	{"-m64", EXACT, FLAG_KEEP},
	{"-m32", EXACT, FLAG_KEEP},
	{"-m16", EXACT, FLAG_KEEP},
	{"-mx32", EXACT, FLAG_KEEP},
	{"-mabi=", PREFIX, FLAG_KEEP},
	{"-march=", PREFIX, FLAG_KEEP},
	{"-mcpu=", PREFIX, FLAG_KEEP},
	{"-mcmodel=", PREFIX, FLAG_KEEP},
	{"-mlittle-endian", EXACT, FLAG_KEEP},
	{"-mbig-endian", EXACT, FLAG_KEEP},
	{"-EL", EXACT, FLAG_KEEP},
	{"-EB", EXACT, FLAG_KEEP},
	{"-mthumb", EXACT, FLAG_KEEP},
	{"-marm", EXACT, FLAG_KEEP},
	{"-mfloat-abi=", PREFIX, FLAG_KEEP},
	{"-mfpu=", PREFIX, FLAG_KEEP},
	{"-msoft-float", EXACT, FLAG_KEEP},
	{"-mgeneral-regs-only", EXACT, FLAG_KEEP},
	{"-mno-80387", EXACT, FLAG_KEEP},
	{"-mno-sse", PREFIX, FLAG_KEEP},
	{"-mno-mmx", EXACT, FLAG_KEEP},
	{"-mno-avx", PREFIX, FLAG_KEEP},
	{"-msse", PREFIX, FLAG_KEEP},
	{"-mavx", PREFIX, FLAG_KEEP},
	{"-mhard-float", EXACT, FLAG_KEEP},
};

struct translation {
	const struct cdb_entry *entry;
	GPtrArray *out;
	gboolean is_clang;
	gboolean gcc_headers; /* dropped gcc's own stddef.h & co.: clang's take their place */
};

static void emit(struct translation *t, char *flag)
{
	g_ptr_array_add(t->out, flag);
}

static gboolean rule_matches(const struct flag_rule *r, const char *word)
{
	if (word[1] != r->text[1]) /* most rules are none of the word's: a tree has 4 million words */
		return FALSE;
	if (r->form == EXACT || r->form == SEPARATE)
		return strcmp(word, r->text) == 0;
	return g_str_has_prefix(word, r->text);
}

static const struct flag_rule *rule_for(const char *word)
{
	for (guint i = 0; i < G_N_ELEMENTS(flag_rules); i++)
		if (rule_matches(&flag_rules[i], word))
			return &flag_rules[i];
	return NULL;
}

/* The directory that holds gcc's stddef.h; its intrinsics headers are of no use to clang. */
static gboolean is_gcc_include(const char *path)
{
	return strstr(path, "/lib/gcc/") || strstr(path, "/lib/gcc-cross/");
}

static void emit_path(struct translation *t, const char *option, const char *path)
{
	g_autofree char *abs = g_canonicalize_filename(path, t->entry->directory);

	if (strcmp(option, "-isystem") == 0 && is_gcc_include(abs)) {
		t->gcc_headers = TRUE;
		return;
	}
	if (strcmp(option, "-I") == 0) {
		emit(t, g_strconcat("-I", abs, NULL));
		return;
	}
	emit(t, g_strdup(option));
	emit(t, g_steal_pointer(&abs));
}

/* Sources ask for these by macro; gcc predefines them, clang's headers derive them from the feature that we drop. */
static void emit_sanitizer_macro(struct translation *t, const char *value)
{
	g_auto(GStrv) kinds = g_strsplit(value, ",", -1);

	for (char **k = kinds; *k; k++) {
		if (strcmp(*k, "kernel-address") == 0 || strcmp(*k, "address") == 0)
			emit(t, g_strdup("-D__SANITIZE_ADDRESS__=1"));
		else if (strcmp(*k, "kernel-hwaddress") == 0)
			emit(t, g_strdup("-D__SANITIZE_HWADDRESS__=1"));
		else if (strcmp(*k, "thread") == 0)
			emit(t, g_strdup("-D__SANITIZE_THREAD__=1"));
	}
}

static void emit_preprocessor_words(struct translation *t, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, ",", -1);

	for (char **w = words; *w; w++) {
		if (g_str_has_prefix(*w, "-D") || g_str_has_prefix(*w, "-U"))
			emit(t, g_strdup(*w));
		else if (g_str_has_prefix(*w, "-I"))
			emit_path(t, "-I", *w + 2);
	}
}

static void emit_kept(struct translation *t, const struct flag_rule *r, const char *word, const char *arg)
{
	gboolean joined = r->form == EITHER && word[strlen(r->text)] != '\0';

	if (r->form == EXACT || r->form == PREFIX) {
		emit(t, g_strdup(word));
	} else if (joined && strcmp(r->text, "-x") != 0) {
		emit(t, g_strdup(word));
	} else if (strcmp(word, "-D") == 0 || strcmp(word, "-U") == 0) {
		emit(t, g_strconcat(word, arg, NULL)); /* one form, so that equal flags compare equal */
	} else {
		emit(t, g_strdup(r->text));
		emit(t, g_strdup(arg));
	}
}

static void apply(struct translation *t, const struct flag_rule *r, const char *word, const char *arg)
{
	switch (r->use) {
	case FLAG_DROP:
		break;
	case FLAG_KEEP:
		emit_kept(t, r, word, arg);
		break;
	case FLAG_PATH:
		emit_path(t, r->text, arg);
		break;
	case FLAG_SANITIZE:
		emit_sanitizer_macro(t, word + strlen(r->text));
		break;
	case FLAG_WP:
		emit_preprocessor_words(t, word + strlen(r->text));
		break;
	case FLAG_XCLANG:
		if (t->is_clang && g_str_has_prefix(arg, "-fexperimental-late-parse")) {
			emit(t, g_strdup(word));
			emit(t, g_strdup(arg));
		}
		break;
	}
}

/* Handles argv[i]; returns how many words it took. */
static guint translate_word(struct translation *t, char *const *argv, guint i)
{
	const struct flag_rule *r = argv[i][0] == '-' ? rule_for(argv[i]) : NULL;
	const char *arg = NULL;
	guint used = 1;

	if (!r)
		return 1;
	if (r->form == SEPARATE || r->form == EITHER) {
		arg = argv[i] + strlen(r->text);
		if (!*arg) {
			arg = argv[i + 1];
			used = 2;
		}
		if (!arg)
			return 1;
	}
	apply(t, r, argv[i], arg);
	return used;
}

/* "aarch64-linux-gnu-gcc-12" compiles for aarch64-linux-gnu; a plain "gcc" for this machine. NULL when it does not say.
 */
static char *target_of_compiler(const char *compiler)
{
	g_autofree char *base = g_path_get_basename(compiler);
	char *gcc = strstr(base, "-gcc");

	if (!gcc || gcc == base)
		return NULL;
	return g_strndup(base, gcc - base);
}

static void add_target(struct translation *t)
{
	g_autofree char *target = target_of_compiler(t->entry->argv[0]);

	if (target)
		g_ptr_array_insert(t->out, 0, g_strconcat("--target=", target, NULL));
}

static void use_clang_headers(GPtrArray *flags)
{
	for (guint i = 0; i < flags->len; i++) {
		if (strcmp(flags->pdata[i], "-nostdinc") != 0)
			continue;
		g_free(flags->pdata[i]);
		flags->pdata[i] = g_strdup("-nostdlibinc");
	}
}

char **cdb_clang_flags(const struct cdb_entry *e)
{
	struct translation t = {.entry = e, .out = g_ptr_array_new()};
	g_autofree char *compiler = g_path_get_basename(e->argv[0] ? e->argv[0] : "");

	t.is_clang = strstr(compiler, "clang") != NULL;
	for (guint i = e->argv[0] ? 1 : 0; e->argv[i];)
		i += translate_word(&t, e->argv, i);
	if (!t.is_clang && e->argv[0])
		add_target(&t);
	if (t.gcc_headers)
		use_clang_headers(t.out);
	emit(&t, g_strdup_printf("-fmacro-prefix-map=%s/=", e->directory)); /* __FILE__ as if built in place */
	g_ptr_array_add(t.out, NULL);
	return (char **)g_ptr_array_free(t.out, FALSE);
}
