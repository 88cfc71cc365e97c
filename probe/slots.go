package probe

import (
	"context"
	"sync"
	"time"
)

// slot takes one of the places for control connections, waiting for one to
// become free; false when ctx ends first.
func (x *examiner) slot(ctx context.Context) (free func(), ok bool) {
	if ctx.Err() != nil {
		return nil, false // select would choose by chance
	}
	select {
	case x.slots <- struct{}{}:
		return sync.OnceFunc(func() { <-x.slots }), true
	case <-ctx.Done():
		return nil, false
	}
}

// slotWithin is slot with a limit to the wait.
func (x *examiner) slotWithin(ctx context.Context, wait time.Duration) (free func(), ok bool) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return x.slot(ctx)
}

// spareSlot takes a place only if one is free now. free may be called in any
// case.
func (x *examiner) spareSlot() (free func(), ok bool) {
	select {
	case x.slots <- struct{}{}:
		return sync.OnceFunc(func() { <-x.slots }), true
	default:
		return func() {}, false
	}
}
