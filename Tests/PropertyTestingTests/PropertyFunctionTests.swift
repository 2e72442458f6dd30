import PropertyTesting
import Testing
