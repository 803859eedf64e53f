#ifndef __SOUND_CORE_H
#define __SOUND_CORE_H

#include <linux/device.h>
#include <linux/module.h>

struct snd_card {
	int number;
	char driver[16], shortname[32], longname[80];
	void *private_data;
	void (*private_free)(struct snd_card *card);
	struct device *dev;
};

int snd_card_new(struct device *parent, int idx, const char *id, struct module *module, int extra,
		 struct snd_card **card);
int snd_devm_card_new(struct device *parent, int idx, const char *id, struct module *module, size_t extra,
		      struct snd_card **card);
void snd_card_free(struct snd_card *card);
int snd_card_register(struct snd_card *card);
void snd_card_disconnect(struct snd_card *card);

#endif
