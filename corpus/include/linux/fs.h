#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/kernel.h>
#include <linux/module.h>

struct cdev;
struct file;
struct poll_table_struct;
struct vm_area_struct;

struct inode {
	dev_t i_rdev;
	struct cdev *i_cdev;
};

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *file, loff_t off, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t n, loff_t *off);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t n, loff_t *off);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
};

struct file {
	unsigned int f_flags;
	fmode_t f_mode;
	void *private_data;
	const struct file_operations *f_op;
};

#define MAJOR(dev) ((unsigned int)((dev) >> 20))
#define MINOR(dev) ((unsigned int)((dev) & 0xfffff))
#define MKDEV(ma, mi) (((ma) << 20) | (mi))

int alloc_chrdev_region(dev_t *dev, unsigned int first, unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);
int nonseekable_open(struct inode *inode, struct file *file);
unsigned int iminor(const struct inode *inode);
struct file *filp_open(const char *name, int flags, umode_t mode);
int filp_close(struct file *file, void *id);
struct file *fget(unsigned int fd);
void fput(struct file *file);

#endif
