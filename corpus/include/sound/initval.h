#ifndef __SOUND_INITVAL_H
#define __SOUND_INITVAL_H

#define SNDRV_DEFAULT_IDX1 (-1)
#define SNDRV_DEFAULT_STR1 ((char *)0)

#endif
