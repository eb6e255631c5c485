from tests.follow_ups.conftest import TODAY, elsewhere, here

__all__ = ["TODAY", "elsewhere", "here"]
