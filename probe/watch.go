package probe

import "sync"

// watch counts what goes on in the background. Unlike a sync.WaitGroup it may be
// waited for while more begins. The zero value is ready to use.
type watch struct {
	mu   sync.Mutex
	n    int
	idle chan struct{} // closed when n is 0 again; nil: nothing goes on
}

// Go runs f in the background.
func (w *watch) Go(f func()) {
	w.mu.Lock()
	if w.n++; w.n == 1 {
		w.idle = make(chan struct{})
	}
	w.mu.Unlock()
	go func() {
		defer func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			if w.n--; w.n == 0 {
				close(w.idle)
			}
		}()
		f()
	}()
}

// Idle tells whether nothing goes on.
func (w *watch) Idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n == 0
}

// Wait returns when nothing goes on.
func (w *watch) Wait() {
	w.mu.Lock()
	idle, n := w.idle, w.n
	w.mu.Unlock()
	if n > 0 {
		<-idle
	}
}
