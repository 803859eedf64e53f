/* References to routes, neighbours, addresses and sockets. */
#include <linux/err.h>
#include <linux/types.h>

struct file;
struct net;
struct net_device;
struct sock;
struct flowi4;
struct flowi6;
struct in_device;
struct neighbour;
struct dst_entry {
	short error;
};
struct rtable {
	struct dst_entry dst;
};
struct socket {
	struct file *file;
	struct sock *sk;
};
struct rtable *ip_route_output_flow(struct net *net, struct flowi4 *fl, const struct sock *sk);
struct dst_entry *ip6_route_output(struct net *net, const struct sock *sk, struct flowi6 *fl);
void dst_release(struct dst_entry *dst);
struct neighbour *dst_neigh_lookup(const struct dst_entry *dst, const void *daddr);
void neigh_release(struct neighbour *neigh);
struct in_device *in_dev_get(const struct net_device *dev);
void in_dev_put(struct in_device *idev);
struct socket *sockfd_lookup(int fd, int *err);
void fput(struct file *file);
int use(void *thing);

int route_bad(struct net *net, struct flowi4 *fl)
{
	struct rtable *rt = ip_route_output_flow(net, fl, NULL);
	int ret;

	if (IS_ERR(rt))
		return PTR_ERR(rt);
	ret = use(net);
	if (ret)
		return ret; /* expect: leak/error-path dst_entry */
	dst_release(&rt->dst);
	return 0;
}

int route_ok(struct net *net, struct flowi4 *fl)
{
	struct rtable *rt = ip_route_output_flow(net, fl, NULL);
	int ret;

	if (IS_ERR(rt))
		return PTR_ERR(rt);
	ret = use(net);
	dst_release(&rt->dst);
	return ret;
}

/* An error is in the route, and does not put it. */
int route6_bad(struct net *net, struct flowi6 *fl)
{
	struct dst_entry *dst = ip6_route_output(net, NULL, fl);

	if (dst->error)
		return dst->error; /* expect: leak/early-return dst_entry */
	dst_release(dst);
	return 0;
}

int route6_ok(struct net *net, struct flowi6 *fl)
{
	struct dst_entry *dst = ip6_route_output(net, NULL, fl);
	int ret = dst->error;

	dst_release(dst);
	return ret;
}

int neighbour_bad(const struct dst_entry *dst, const void *addr, struct net *net)
{
	struct neighbour *n = dst_neigh_lookup(dst, addr);

	if (!n)
		return -ENOENT;
	if (use(net))
		return -EIO; /* expect: leak/error-path neighbour */
	neigh_release(n);
	return 0;
}

int neighbour_ok(const struct dst_entry *dst, const void *addr, struct net *net)
{
	struct neighbour *n = dst_neigh_lookup(dst, addr);
	int ret;

	if (!n)
		return -ENOENT;
	ret = use(net);
	neigh_release(n);
	return ret;
}

int address_bad(struct net_device *dev, struct net *net)
{
	struct in_device *in = in_dev_get(dev);

	if (!in)
		return -ENODEV;
	if (use(net))
		return -EIO; /* expect: leak/error-path in_device */
	in_dev_put(in);
	return 0;
}

int address_ok(struct net_device *dev, struct net *net)
{
	struct in_device *in = in_dev_get(dev);
	int ret;

	if (!in)
		return -ENODEV;
	ret = use(net);
	in_dev_put(in);
	return ret;
}

int socket_bad(int fd, struct socket **out)
{
	int ret;
	struct socket *sock = sockfd_lookup(fd, &ret);

	if (!sock)
		return ret;
	if (!sock->sk)
		return -EINVAL; /* expect: leak/error-path socket */
	*out = sock;
	return 0;
}

int socket_ok(int fd, struct socket **out)
{
	int ret;
	struct socket *sock = sockfd_lookup(fd, &ret);

	if (!sock)
		return ret;
	if (!sock->sk) {
		fput(sock->file);
		return -EINVAL;
	}
	*out = sock;
	return 0;
}
