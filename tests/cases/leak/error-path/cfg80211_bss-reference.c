/* What is told to be connected has the reference to its BSS; a request that is sent is used up. */
#include <linux/errno.h>
#include <linux/types.h>

struct wiphy;
struct net_device;
struct bnxt;
struct cfg80211_bss {
	int channel;
};
struct cfg80211_roam_info {
	struct cfg80211_bss *bss;
};
struct cfg80211_bss *cfg80211_get_bss(struct wiphy *wiphy, const u8 *bssid);
void cfg80211_put_bss(struct wiphy *wiphy, struct cfg80211_bss *bss);
void cfg80211_roamed(struct net_device *dev, struct cfg80211_roam_info *info, unsigned int gfp);
int __hwrm_req_init(struct bnxt *bp, void **req, int type, int len);
void *hwrm_req_hold(struct bnxt *bp, void *req);
void hwrm_req_drop(struct bnxt *bp, void *req);
int hwrm_req_send(struct bnxt *bp, void *req);
int channel_set(int channel);

int roam_ok(struct wiphy *wiphy, struct net_device *dev, const u8 *bssid)
{
	struct cfg80211_roam_info info = {.bss = cfg80211_get_bss(wiphy, bssid)};

	if (!info.bss)
		return -ENOENT;
	if (channel_set(info.bss->channel)) {
		cfg80211_put_bss(wiphy, info.bss);
		return -EIO;
	}
	cfg80211_roamed(dev, &info, 0);
	return 0;
}

int roam_bad(struct wiphy *wiphy, struct net_device *dev, const u8 *bssid)
{
	struct cfg80211_roam_info info = {.bss = cfg80211_get_bss(wiphy, bssid)};

	if (!info.bss)
		return -ENOENT;
	if (channel_set(info.bss->channel))
		return -EIO; /* expect: leak/error-path cfg80211_bss */
	cfg80211_roamed(dev, &info, 0);
	return 0;
}

int request_ok(struct bnxt *bp)
{
	void *req;
	int rc = __hwrm_req_init(bp, &req, 1, 16);

	if (rc)
		return rc;
	if (!bp) {
		hwrm_req_drop(bp, req);
		return -EINVAL;
	}
	hwrm_req_hold(bp, req);
	rc = hwrm_req_send(bp, req);
	if (!rc)
		rc = hwrm_req_send(bp, req);
	hwrm_req_drop(bp, req);
	return rc;
}

int request_bad(struct bnxt *bp)
{
	void *req;
	int rc = __hwrm_req_init(bp, &req, 1, 16);

	if (rc)
		return rc;
	if (channel_set(1))
		return -EINVAL; /* expect: leak/error-path hwrm request */
	return hwrm_req_send(bp, req);
}
