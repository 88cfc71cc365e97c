package probe

import (
	"context"

	"ftpdiag/probe/ftp"
)

// elsewhere tells whether a 227 names another address than the control
// connection's, so that both are to be dialled.
func (r *route) elsewhere(t trial, offer ftp.Endpoint) bool {
	return t.method == PASV && t.variant == Plain && offer.Addr.IsValid() && !offer.Addr.IsUnspecified() &&
		offer.Addr.Unmap() != r.remote.Addr().Unmap()
}

// offeredBy takes what was offered, if anything was yet.
func offeredBy(offers <-chan ftp.Endpoint) (ftp.Endpoint, bool) {
	select {
	case offer := <-offers:
		return offer, true
	default:
		return ftp.Endpoint{}, false
	}
}

// lateOffers makes the attempts to which 227 replies led that came after their
// attempt had been left to itself.
func (r *route) lateOffers(ctx context.Context, c *control) *control {
	for _, offers := range r.late {
		if offer, ok := offeredBy(offers); ok && ctx.Err() == nil && r.elsewhere(trial{method: PASV}, offer) {
			c = r.lane(ctx, r.ready(ctx, c), []trial{{method: PASV, variant: ControlAddress, limit: briefDial}})
			r.watched.Wait()
		}
	}
	return c
}
