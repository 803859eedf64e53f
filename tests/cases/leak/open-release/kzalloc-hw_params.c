/* hw_params may be called again without hw_free in between. */
#include <linux/slab.h>
#include <sound/pcm.h>

struct chip {
	void *bounce;
};

static int hw_params_bad(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params)
{
	struct chip *c = snd_pcm_substream_chip(substream);

	c->bounce = kmalloc(params_buffer_bytes(params), GFP_KERNEL); /* expect: leak/overwrite memory */ /* xfail-fn: callbacks are not run twice */
	return c->bounce ? 0 : -ENOMEM;
}

static int hw_params_ok(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params)
{
	struct chip *c = snd_pcm_substream_chip(substream);

	kfree(c->bounce);
	c->bounce = kmalloc(params_buffer_bytes(params), GFP_KERNEL);
	return c->bounce ? 0 : -ENOMEM;
}

static int hw_free_any(struct snd_pcm_substream *substream)
{
	struct chip *c = snd_pcm_substream_chip(substream);

	kfree(c->bounce);
	c->bounce = NULL;
	return 0;
}

const struct snd_pcm_ops ops_bad = {.hw_params = hw_params_bad, .hw_free = hw_free_any};
const struct snd_pcm_ops ops_ok = {.hw_params = hw_params_ok, .hw_free = hw_free_any};
