module goftpd

go 1.26

require goftp.io/server/v2 v2.0.3
