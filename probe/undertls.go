package probe

import ()

// alsoUnderTLS examines the same address under TLS, where the clear

// askSameListing lists the folder in clear once more when it looked different
