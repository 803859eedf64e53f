#include <linux/slab.h>
#include <sound/pcm.h>

static int open_any(struct snd_pcm_substream *substream)
{
	void *state = kzalloc(64, GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	substream->runtime->private_data = state;
	return 0;
}

static int close_bad(struct snd_pcm_substream *substream)
{
	return 0; /* expect: leak/open-release memory */
}

const struct snd_pcm_ops ops_bad = {.open = open_any, .close = close_bad};

static int close_ok(struct snd_pcm_substream *substream)
{
	kfree(substream->runtime->private_data);
	return 0;
}

const struct snd_pcm_ops ops_ok = {.open = open_any, .close = close_ok};
