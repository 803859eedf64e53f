#ifndef __SOUND_PCM_H
#define __SOUND_PCM_H

#include <sound/core.h>

struct snd_pcm_hw_params;
struct snd_pcm_substream;

struct snd_pcm_ops {
	int (*open)(struct snd_pcm_substream *substream);
	int (*close)(struct snd_pcm_substream *substream);
	int (*hw_params)(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params);
	int (*hw_free)(struct snd_pcm_substream *substream);
	int (*prepare)(struct snd_pcm_substream *substream);
	int (*trigger)(struct snd_pcm_substream *substream, int cmd);
	unsigned long (*pointer)(struct snd_pcm_substream *substream);
};

struct snd_pcm_runtime {
	void *private_data;
	unsigned int rate, channels;
	unsigned long buffer_size;
	void (*private_free)(struct snd_pcm_runtime *runtime);
};

struct snd_pcm {
	struct snd_card *card;
	void *private_data;
	void (*private_free)(struct snd_pcm *pcm);
	char name[80];
	bool nonatomic;
};

struct snd_pcm_substream {
	struct snd_pcm *pcm;
	void *private_data;
	struct snd_pcm_runtime *runtime;
	int stream;
};

#define SNDRV_PCM_STREAM_PLAYBACK 0
#define snd_pcm_substream_chip(substream) ((substream)->private_data)

int snd_pcm_new(struct snd_card *card, const char *id, int device, int playback_count, int capture_count,
		struct snd_pcm **pcm);
void snd_pcm_set_ops(struct snd_pcm *pcm, int direction, const struct snd_pcm_ops *ops);
size_t params_buffer_bytes(const struct snd_pcm_hw_params *params);

#endif
