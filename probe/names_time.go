package probe

import (
	"context"
	"time"
)

// nameTime is how long all questions about a name may take together: a person waits for
// this verdict no longer than for others. What was learnt by then is kept. Only a system
// that is given up leaves less than askedDirectly, which DNS servers get in any case:
// without their answers nobody knows why.
const nameTime = 12 * time.Second

// askedDirectly is how long DNS servers are asked by hand at least, however long the
// system took: one that is silent over UDP and over TCP.
const askedDirectly = dnsLimit + silentLimit

// timeIsUp is what a question is told that the end of all questions cut short: that no
// answer came says nothing about the server.
const timeIsUp = "the time for the name is up"

// outOfTime tells whether no further question may be asked. The deadline of a
// connection may pass a moment before the context of which it is knows.
func outOfTime(ctx context.Context) bool {
	until, limited := ctx.Deadline()
	return ctx.Err() != nil || limited && !time.Now().Before(until)
}
