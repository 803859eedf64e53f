/*
 * A sound card with one playback stream. A failing registration loses the card, close forgets the stream's state;
 * hw_params and hw_free are a matching pair.
 */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <sound/initval.h>
#include <sound/pcm.h>

struct beeper {
	struct snd_card *card;
	struct snd_pcm *pcm;
	void *bounce;
};

struct beeper_stream {
	unsigned long pos;
	int tone;
};

static int beeper_open(struct snd_pcm_substream *substream)
{
	struct beeper_stream *s;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->tone = 440;
	substream->runtime->private_data = s;
	return 0;
}

static int beeper_close(struct snd_pcm_substream *substream)
{
	substream->runtime->private_data = NULL;
	return 0; /* expect: leak/open-release memory */
}

static int beeper_hw_params(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params)
{
	struct beeper *b = snd_pcm_substream_chip(substream);

	kfree(b->bounce);
	b->bounce = kmalloc(params_buffer_bytes(params), GFP_KERNEL);
	if (!b->bounce)
		return -ENOMEM;
	return 0;
}

static int beeper_hw_free(struct snd_pcm_substream *substream)
{
	struct beeper *b = snd_pcm_substream_chip(substream);

	kfree(b->bounce);
	b->bounce = NULL;
	return 0;
}

static const struct snd_pcm_ops beeper_ops = {
	.open = beeper_open,
	.close = beeper_close,
	.hw_params = beeper_hw_params,
	.hw_free = beeper_hw_free,
};

static int beeper_probe(struct platform_device *pdev)
{
	struct snd_card *card;
	struct beeper *b;
	int ret;

	ret = snd_card_new(&pdev->dev, SNDRV_DEFAULT_IDX1, SNDRV_DEFAULT_STR1, THIS_MODULE, sizeof(*b), &card);
	if (ret < 0)
		return ret;
	b = card->private_data;
	b->card = card;

	ret = snd_pcm_new(card, "beeper", 0, 1, 0, &b->pcm);
	if (ret < 0)
		goto err_card;
	b->pcm->private_data = b;
	snd_pcm_set_ops(b->pcm, SNDRV_PCM_STREAM_PLAYBACK, &beeper_ops);

	ret = snd_card_register(card);
	if (ret < 0)
		return ret; /* expect: leak/error-path sound_card */

	platform_set_drvdata(pdev, card);
	return 0;

err_card:
	snd_card_free(card);
	return ret;
}

static void beeper_remove(struct platform_device *pdev)
{
	snd_card_free(platform_get_drvdata(pdev));
}

static struct platform_driver beeper_driver = {
	.probe = beeper_probe,
	.remove = beeper_remove,
	.driver = {.name = "beeper"},
};
module_platform_driver(beeper_driver);

MODULE_LICENSE("GPL");
