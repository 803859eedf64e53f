/* What the runtime's own destructor gives back is given back after a failed open as well. */
#include <linux/clk.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <sound/pcm.h>

struct pipe {
	struct clk *clk;
	struct clk *spare;
};

int stream_prepare(int stream);

static void pipe_free(struct snd_pcm_runtime *runtime)
{
	struct pipe *p = runtime->private_data;

	clk_disable_unprepare(p->clk);
	kfree(p);
}

static void table_free(struct snd_pcm_runtime *runtime)
{
	kfree(runtime->private_data);
}

static int open_ok(struct snd_pcm_substream *s)
{
	struct pipe *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->clk = s->private_data;
	if (clk_prepare_enable(p->clk)) {
		kfree(p);
		return -EIO;
	}
	s->runtime->private_data = p;
	s->runtime->private_free = pipe_free;
	if (stream_prepare(s->stream))
		return -EIO;
	return 0;
}

static int open_bad(struct snd_pcm_substream *s)
{
	struct pipe *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->clk = s->private_data;
	if (clk_prepare_enable(p->clk)) {
		kfree(p);
		return -EIO;
	}
	s->runtime->private_data = p;
	s->runtime->private_free = table_free;
	if (stream_prepare(s->stream))
		return -EIO; /* expect: leak/error-path clk */
	return 0;
}

static int close_any(struct snd_pcm_substream *s)
{
	struct pipe *p = s->runtime->private_data;

	if (s->runtime->private_free == table_free)
		clk_disable_unprepare(p->clk);
	return 0;
}

const struct snd_pcm_ops ops_ok = {.open = open_ok, .close = close_any};
const struct snd_pcm_ops ops_bad = {.open = open_bad, .close = close_any};
