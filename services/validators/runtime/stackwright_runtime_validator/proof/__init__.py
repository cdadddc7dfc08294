"""The proof: runs the delivered application and its probe inside one sandbox, and says what they did."""
