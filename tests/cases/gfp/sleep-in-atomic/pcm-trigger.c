/* Without a word about it, a stream is triggered with a lock held. */
#include <linux/mutex.h>
#include <sound/core.h>
#include <sound/pcm.h>

struct port {
	struct mutex lock;
};

int port_start(struct port *p);

static int trigger_bad(struct snd_pcm_substream *substream, int cmd)
{
	struct port *p = substream->private_data;
	int ret;

	mutex_lock(&p->lock); /* expect: gfp/sleep-in-atomic */
	ret = port_start(p);
	mutex_unlock(&p->lock);
	return ret;
}

static const struct snd_pcm_ops port_ops = {
	.trigger = trigger_bad,
};

int port_pcm(struct snd_pcm *pcm, struct port *p)
{
	snd_pcm_set_ops(pcm, SNDRV_PCM_STREAM_PLAYBACK, &port_ops);
	return 0;
}
